import { describe, expect, it } from 'vitest';
import type { Run, RunItemState } from '../../../../core/contract/runs.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { COMBINATION_NAMES } from '../../../../core/rfb/key-combinations.ts';
import { keyMenu, type KeyMenuState } from '../../../../renderer/features/console/key-menu.ts';
import { hasKeymapGone } from '../../../../renderer/features/console/keymap-change.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';

const words = messagesFor('en').console;
const REASON = 'It is offline.';

function menu(state: Partial<KeyMenuState>) {
  const given: unknown[] = [];
  const base = { held: new Set<never>(), isThrough: false, isChosen: false, hindrance: undefined };
  const entries = keyMenu(words, { ...base, ...state }, (...command) => given.push(command));
  const items = entries.filter((entry) => entry.kind === 'item');
  const find = (key: string) => items.find((one) => one.key === key);
  const headings = entries.flatMap((entry) => (entry.kind === 'heading' ? [entry.label] : []));
  return { given, find, headings, items };
}

describe('the menu of keys', () => {
  it('has every combination of the table, and gives it as a command', () => {
    const { given, find, headings } = menu({});
    for (const keys of COMBINATION_NAMES) find(keys)?.onselect();
    expect([given, headings.at(-1)]).toEqual([
      COMBINATION_NAMES.map((keys) => ['console.send-keys', { keys }]),
      'Pressed together',
    ]);
  });

  it('names no two things alike', () => {
    const labels = menu({}).items.map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });

  it('says what Linux does at a SysRq', () => {
    const { find } = menu({});
    const sysRq = COMBINATION_NAMES.filter((keys) => keys.startsWith('Alt+SysRq+'));
    expect(sysRq.filter((keys) => find(keys)?.label === keys)).toEqual([]);
    expect(find('Alt+SysRq+B')?.label).toBe('Alt+SysRq+B: reboot at once');
    expect(find('Alt+Tab')?.label).toBe('Alt+Tab');
  });

  it('says of keys that the hypervisor presses that it does, and why it cannot', () => {
    const { find, headings } = menu({ isThrough: true, hindrance: REASON });
    expect([headings.at(-1), find('Ctrl+Alt+Del')?.reason, find('through')?.reason]).toEqual([
      'Pressed together, by the hypervisor',
      REASON,
      REASON,
    ]);
  });

  it('holds no key where no screen could take it', () => {
    const without = menu({ isThrough: true }).find('hold Ctrl')?.reason;
    const chosen = menu({ isThrough: true, isChosen: true }).find('hold Ctrl')?.reason;
    expect([without, chosen]).toEqual([words.noScreenToHold, undefined]);
  });

  it('can be turned back to the screen whatever is wrong with the hypervisor', () => {
    const { given, find } = menu({ isThrough: true, isChosen: true, hindrance: REASON });
    const through = find('through');
    through?.onselect();
    expect([through?.checked, through?.reason, given]).toEqual([
      true,
      undefined,
      [['console.keys-through-hypervisor', {}]],
    ]);
  });
});

describe('a keymap', () => {
  const web = fakeId('web-01@archipel.test');
  const run = (command: string, name: 'done' | 'sent', entity = web): Run => {
    const state: RunItemState = { name, at: 1 };
    const items = [{ entity, entityName: 'web-01', state }];
    return { id: command, command, items, startedAt: 1, commandLine: '' };
  };

  it('is gone once the machine was told so, and until it is put back', () => {
    const removed = run('vm.remove-keymap', 'done');
    const back = run('vm.set-keymap', 'done');
    const asked = run('vm.set-keymap', 'sent');
    const other = run('vm.remove-keymap', 'done', fakeId('mail@archipel.test'));
    expect(
      [[], [other], [removed], [asked, removed], [back, removed], [removed, back]].map((runs) =>
        hasKeymapGone(runs, web),
      ),
    ).toEqual([false, false, true, true, false, true]);
  });
});
