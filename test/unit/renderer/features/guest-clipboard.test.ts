import { describe, expect, it } from 'vitest';
import type { AppError } from '../../../../core/contract/app-error.ts';
import { MOST_CLIPBOARD, type GivenClipboard } from '../../../../core/contract/guest-clipboard.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { GuestClipboard } from '../../../../renderer/features/console/guest-clipboard.svelte.ts';

function clipboard(ours: GivenClipboard = { kind: 'text', text: 'ours' }, takesAll = true) {
  const given: string[] = [];
  const written: string[] = [];
  const failures: AppError[] = [];
  const state = { ours, forgotten: 0, refusal: undefined as AppError | undefined };
  const made = new GuestClipboard({
    api: {
      read: async () => (state.refusal ? err(state.refusal) : ok(state.ours)),
      write: async ({ text }) => {
        if (state.refusal) return err(state.refusal);
        written.push(text);
        return ok(undefined);
      },
    },
    screen: () => ({
      key: 'c1',
      giveClipboard: (text) => {
        if (takesAll) given.push(text);
        return takesAll;
      },
      forgetClipboard: () => void (state.forgotten += 1),
    }),
    fail: (error) => failures.push(error),
  });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { made, given, written, failures, state, settled };
}

describe('the clipboard of a guest that shares it', () => {
  it('is given ours when the screen gets the keyboard, and not twice', async () => {
    const { made, given, settled } = clipboard();
    made.share(true);
    await settled();
    expect(given).toEqual([]);
    made.keyboard(true);
    await settled();
    made.keyboard(false);
    made.keyboard(true);
    await settled();
    expect([given, made.note]).toEqual([['ours'], { what: 'given', count: 4 }]);
  });

  it('is taken while the screen has the keyboard, and does not come back', async () => {
    const { made, given, written, state, settled } = clipboard();
    made.share(true);
    made.keyboard(true);
    await settled();
    made.hear('größer – 漢字');
    await settled();
    expect([written, made.note]).toEqual([['größer – 漢字'], { what: 'taken', count: 11 }]);
    state.ours = { kind: 'text', text: 'größer – 漢字' };
    made.keyboard(false);
    made.keyboard(true);
    await settled();
    expect(given).toEqual(['ours']);
  });

  it('is only told of while the keyboard is elsewhere, and taken when it is asked for', async () => {
    const { made, written, settled } = clipboard();
    made.share(true);
    made.hear('theirs');
    await settled();
    expect([written, made.note?.what, made.isOffered]).toEqual([[], 'offered', true]);
    await made.take();
    expect(written).toEqual(['theirs']);
  });

  it('is given anew through another connection', async () => {
    const { made, given, settled } = clipboard();
    made.share(true);
    made.keyboard(true);
    await settled();
    made.keyboard(false);
    made.forget();
    made.keyboard(true);
    await settled();
    expect(given).toEqual(['ours', 'ours']);
  });

  it('is given no part of what its server cannot take, nor what is too long', async () => {
    const latin = clipboard({ kind: 'text', text: '漢字' }, false);
    latin.made.share(true);
    await latin.made.give();
    expect([latin.given, latin.made.note]).toEqual([[], { what: 'beyond-latin-1', count: 2 }]);
    const long = clipboard({ kind: 'too-long', length: 999_999 });
    long.made.share(true);
    await long.made.give();
    expect([long.given, long.made.note]).toEqual([[], { what: 'too-long', count: 999_999 }]);
  });

  it('leaves ours alone where the guest copied more than goes over', async () => {
    const { made, written, settled } = clipboard();
    made.share(true);
    made.keyboard(true);
    await settled();
    made.hear('x'.repeat(MOST_CLIPBOARD + 1));
    await settled();
    expect([written, made.isOffered, made.note?.what]).toEqual([[], false, 'too-long-there']);
  });

  it('tells what main refuses, but for a keyboard that has gone elsewhere', async () => {
    const { made, failures, state } = clipboard();
    made.share(true);
    state.refusal = { code: 'cancelled' };
    await made.give();
    state.refusal = { code: 'not-allowed-now', reason: 'not shared' };
    await made.give();
    expect(failures).toEqual([{ code: 'not-allowed-now', reason: 'not shared' }]);
  });
});

describe('the clipboard of a guest that shares none', () => {
  it('is given nothing and takes nothing', async () => {
    const { made, given, written, settled } = clipboard();
    made.keyboard(true);
    made.hear('theirs');
    await settled();
    expect([given, written, made.note?.what]).toEqual([[], [], 'offered']);
  });

  it('is given nothing more of what was offered once sharing has ended', async () => {
    const { made, given, state, settled } = clipboard();
    made.share(true);
    made.keyboard(true);
    made.share(false);
    await settled();
    expect([given, state.forgotten]).toEqual([[], 1]);
  });
});
