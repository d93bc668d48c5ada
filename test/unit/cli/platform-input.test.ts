import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { inputFields, readInput } from '../../../cli/platform-input.ts';
import type { PlatformCommand } from '../../../core/commands/define-command.ts';
import { findCommand, platformCommands } from '../../../core/commands/table.ts';
import { expectErr } from '../../support/expect-result.ts';

function command(id: string): PlatformCommand {
  const found = findCommand(id);
  if (found?.surface !== 'platform') throw new Error(`${id} is no platform command`);
  return found;
}

describe('the input of a command, given as words', () => {
  it('is read as the command wants it', () => {
    expect({
      memory: readInput(command('vm.set-memory'), ['kib=2097152']),
      autostart: readInput(command('vm.set-autostart'), ['on=yes']),
      tags: readInput(command('entity.set-tags'), ['tags=web, production']),
      noTags: readInput(command('entity.set-tags'), ['tags=']),
      name: readInput(command('hypervisor.new-vm'), ['name=web=01']),
      nothing: readInput(command('vm.start'), []),
    }).toEqual({
      memory: { ok: true, value: { kib: 2_097_152 } },
      autostart: { ok: true, value: { on: true } },
      tags: { ok: true, value: { tags: ['web', 'production'] } },
      noTags: { ok: true, value: { tags: [] } },
      name: { ok: true, value: { name: 'web=01' } },
      nothing: { ok: true, value: {} },
    });
  });

  it.each([
    ['vm.set-memory', ['kib=lots'], /^kib takes a number\.$/u],
    ['vm.set-memory', ['kib='], /^kib takes a number\.$/u],
    ['vm.set-memory', [], /^kib=… is missing\.$/u],
    ['vm.set-autostart', ['on=perhaps'], /^on takes yes or no\.$/u],
    ['vm.set-memory', ['mib=2048'], /“mib=2048” is no argument.*kib=…/u],
    ['vm.start', ['now=yes'], /It takes none/u],
    ['contact.add', ['account=a b', 'jid=x@y', 'name=', 'groups='], /JID/u],
  ])('is refused for %s %j, and says why', (id, words, why) => {
    expect(expectErr(readInput(command(id), words))).toMatch(why);
  });

  it.each([
    ['Name one of them.', 'Name one of them.'],
    ['Name one of them', 'Name one of them.'],
  ])('is refused as a whole with %j, and names no word', (message, said) => {
    const input = v.pipe(
      v.object({}),
      v.check(() => false, message),
    );
    expect(expectErr(readInput({ ...command('vm.start'), input }, []))).toBe(said);
  });

  it('is refused without a second full stop', () => {
    const name = v.pipe(v.string(), v.maxLength(1, 'It is too long.'));
    const long = { ...command('vm.start'), input: v.object({ name }) };
    expect(expectErr(readInput(long, ['name=web']))).toBe('name: It is too long.');
  });

  it('has fields that help can name, for every command of the table', () => {
    const all: readonly PlatformCommand[] = platformCommands;
    const fields = Object.fromEntries(all.map((one) => [one.id, inputFields(one)]));
    expect(fields['hypervisor.new-vm']?.[0]).toEqual({ name: 'name', isOptional: false });
    expect(fields['hypervisor.new-vm']?.[1]).toEqual({ name: 'organisation', isOptional: true });
    expect(all.every(({ id }) => fields[id] !== undefined)).toBe(true);
  });
});
