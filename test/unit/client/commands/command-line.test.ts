import { expect, it } from 'vitest';
import { readInput } from '../../../../cli/platform-input.ts';
import { commandLine } from '../../../../client/commands/command-line.ts';
import { platformCommands } from '../../../../core/commands/table.ts';
import { expectOk } from '../../../support/expect-result.ts';

it('writes a command as it would be typed', () => {
  const input = { name: "it's new", groups: ['a b', 'c'], certain: true, unit: '', kib: 1024 };
  expect(commandLine('contact.add', ['rack1@example.org'], input)).toBe(
    `archipel contact.add rack1@example.org 'name=it'\\''s new' 'groups=a b,c' certain=yes kib=1024`,
  );
});

it.each([
  ['vm.set-memory', { kib: 2_097_152 }],
  ['vm.set-autostart', { on: false }],
  ['vm.send-keys', { keys: 'Ctrl+Alt+Del' }],
  ['entity.set-tags', { tags: ['one', 'two'] }],
  ['vm.clone', { name: 'web=2' }],
])('writes the input of %s so that the command line reads the same', (id, input) => {
  const words = commandLine(id, ['web'], input).split(' ').slice(3);
  const command = platformCommands.find((one) => one.id === id)!;
  expect(expectOk(readInput(command, words))).toEqual(input);
});
