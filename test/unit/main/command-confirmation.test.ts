import { describe, expect, it } from 'vitest';
import { confirmationFor } from '../../../main/confirmations/command-confirmation.ts';
import { platformCommands } from '../../../core/commands/table.ts';
import type { PlatformCommand } from '../../../core/commands/define-command.ts';
import { messagesFor } from '../../../core/messages/catalogue.ts';

const messages = messagesFor('en');
const many = Array.from({ length: 11 }, (_nothing, index) => `vm-${index}`);

function given(command: string, names: readonly string[], within: readonly string[] = []) {
  return { command, targets: names.map((text) => ({ text })), within };
}

describe('a confirmation', () => {
  it('is asked for each command that destroys or changes a definition, and for no other to one entity', () => {
    const all: readonly PlatformCommand[] = platformCommands;
    const asked = all
      .filter(({ id }) => confirmationFor(given(id, ['web-01']), messages))
      .map(({ id }) => id);
    const wanting = all.filter(({ danger, asks }) => danger === 'destructive' || asks === true);
    expect(asked).toEqual(wanting.map(({ id }) => id));
    expect(asked).toEqual(expect.arrayContaining(['vm.delete', 'vm.remove-keymap']));
  });

  it('is asked for any command to more than ten entities', () => {
    expect(confirmationFor(given('vm.start', many.slice(1)), messages)).toBeUndefined();
    expect(confirmationFor(given('vm.start', many), messages)).toEqual({
      title: 'Start: 11 entities?',
      effect: 'This is done to all 11 of them.',
      targets: many.map((text) => ({ text })),
      verb: 'Start',
      destructive: false,
    });
  });

  it('is asked for one hypervisor whose command names more than ten domains, and shows them', () => {
    expect(
      confirmationFor(given('hypervisor.manage', ['rack1'], many.slice(1)), messages),
    ).toBeUndefined();
    expect(confirmationFor(given('hypervisor.manage', ['rack1'], many), messages)).toEqual({
      title: 'Manage: 11 domains on rack1?',
      effect: 'This is done to all 11 of them.',
      targets: [{ text: 'rack1' }, ...many.map((identifier) => ({ text: '', identifier }))],
      verb: 'Manage',
      destructive: false,
    });
  });

  it('names its target and effect, and wants the name typed where nothing brings it back', () => {
    expect(confirmationFor(given('vm.delete', ['web-01']), messages)).toEqual({
      title: 'Delete web-01?',
      effect: messages.commands['vm.delete'].effect,
      targets: [{ text: 'web-01' }],
      verb: 'Delete',
      destructive: true,
      typed: 'web-01',
    });
    expect(confirmationFor(given('vm.delete', ['a', 'b', 'c']), messages)?.typed).toBe('3');
  });

  it('asks about one contact in a sentence, and about several by their number', () => {
    const titleFor = (names: readonly string[]): string | undefined =>
      confirmationFor(given('contact.remove', names), messages)?.title;
    expect(titleFor(['web-01'])).toBe('Remove web-01 from the roster?');
    expect(titleFor(['a', 'b'])).toBe('Remove from roster: 2 entities?');
  });

  it('is about the group that is deleted, and names its members', () => {
    const proposal = { ...given('group.delete', ['a', 'b']), input: { group: 'Fleet::Paris' } };
    const view = confirmationFor(proposal, messages);
    expect([view?.title, view?.verb, view?.targets, view?.destructive]).toEqual([
      'Delete group Fleet › Paris?',
      'Delete group',
      [{ text: 'a' }, { text: 'b' }],
      true,
    ]);
  });

  it('is not for commands of a window, nor for those that do not exist', () => {
    const shown = ['app.settings', 'nonsense'].map((id) => {
      return confirmationFor(given(id, many), messages);
    });
    expect(shown).toEqual([undefined, undefined]);
  });
});
