import { describe, expect, it } from 'vitest';
import { MOST_CLIPBOARD } from '../../../../core/contract/guest-clipboard.ts';
import { ok } from '../../../../core/lib/result.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { ClipboardDesk } from '../../../../main/consoles/clipboard-desk.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

const machine = fakeEntity('web-01@archipel.test');
const caller = { windowId: 7 };

function desk(state: { shares?: boolean; hasKeyboard?: boolean; text?: string } = {}) {
  const { shares = true, hasKeyboard = true, text = 'café – 漢字' } = state;
  const clipboard = { text };
  const { handlers } = new ClipboardDesk({
    choices: { of: async (id) => (id === machine.id ? { sharesClipboard: shares } : {}) },
    consoles: {
      machineOf: (windowId, key) => (windowId === 7 && key === 'c1' ? machine.id : undefined),
    },
    hasKeyboard: () => hasKeyboard,
    messages: () => messagesFor('en'),
    clipboard: {
      readText: async () => clipboard.text,
      writeText: async (written) => void (clipboard.text = written),
    },
  });
  return { handlers, clipboard };
}

const refusal = (code: string) => ({ ok: false, error: { code } });

describe('the clipboard of a guest', () => {
  it('is given ours and gives its own where they are shared', async () => {
    const { handlers, clipboard } = desk();
    expect(await handlers.read({ key: 'c1' }, caller)).toEqual(
      ok({ kind: 'text', text: 'café – 漢字' }),
    );
    expect(await handlers.write({ key: 'c1', text: 'größer' }, caller)).toEqual(ok(undefined));
    expect(clipboard.text).toBe('größer');
  });

  it.each([
    ['it is not shared', { shares: false }, 'c1', 'not-allowed-now'],
    ['the window has no keyboard', { hasKeyboard: false }, 'c1', 'cancelled'],
    ['no such console is open in the window', {}, 'c2', 'not-found'],
  ])('stays apart from ours where %s', async (_when, state, key, code) => {
    const { handlers, clipboard } = desk(state);
    expect(await handlers.read({ key }, caller)).toMatchObject(refusal(code));
    expect(await handlers.write({ key, text: 'taken' }, caller)).toMatchObject(refusal(code));
    expect(clipboard.text).toBe('café – 漢字');
  });

  it('is told apart where ours has no text, or more than goes over', async () => {
    expect(await desk({ text: '' }).handlers.read({ key: 'c1' }, caller)).toEqual(
      ok({ kind: 'nothing' }),
    );
    const long = desk({ text: 'x'.repeat(MOST_CLIPBOARD + 1) });
    expect(await long.handlers.read({ key: 'c1' }, caller)).toEqual(
      ok({ kind: 'too-long', length: MOST_CLIPBOARD + 1 }),
    );
  });
});
