import { describe, expect, it } from 'vitest';
import type { ConfirmationView } from '../../../../core/contract/confirmation.ts';
import { ok } from '../../../../core/lib/result.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import type { Answered } from '../../../../main/confirmations/confirmations.ts';
import { SshAnswers } from '../../../../main/ssh/ssh-answers.ts';

const address = 'hv1.example.org:22';
const password = { kind: 'password', user: 'root', address, isAgain: false } as const;
const hostKey = {
  kind: 'host-key',
  host: 'hv1.example.org',
  keyType: 'ssh-ed25519',
  fingerprint: 'SHA256:abc',
  isKnownByAuthority: false,
} as const;
const forever = new AbortController().signal;

/** Answers of a user who types this, with what they were shown. */
function answers(typed: Answered | undefined, secrets: Readonly<Record<string, string>> = {}) {
  const kept = new Map(Object.entries(secrets));
  const shown: ConfirmationView[] = [];
  const made = new SshAnswers({
    keychain: {
      get: async (name) => ok(kept.get(name)),
      set: async (name, secret) => (kept.set(name, secret), ok(undefined)),
      delete: async (name) => (kept.delete(name), ok(undefined)),
    },
    ask: async (view) => (shown.push(view), typed),
    embedded: (asked) => (asked === '127.0.0.1:2022' ? 'of this run' : undefined),
    messages: () => messagesFor('en'),
    note: (where, cause) => {
      throw new Error(`${where}: ${String(cause)}`);
    },
  });
  return { made, kept, shown };
}

describe('what an SSH host asks', () => {
  it('is answered from the keychain where it is kept', async () => {
    const { made, shown } = answers(undefined, { 'ssh:root@hv1.example.org:22': 'kept' });
    expect(await made.answer(password, forever)).toBe('kept');
    expect(shown).toEqual([]);
  });

  it('is asked of the user where what was kept does not fit, and kept when the user says so', async () => {
    const name = 'ssh:root@hv1.example.org:22';
    const { made, kept, shown } = answers({ typed: 'new', isKept: true }, { [name]: 'old' });
    expect(await made.answer({ ...password, isAgain: true }, forever)).toBe('new');
    expect([...kept]).toEqual([[name, 'new']]);
    expect(shown).toMatchObject([
      {
        title: 'Password of root at hv1.example.org:22',
        effect: 'The host did not accept that password.',
        secret: { label: 'Password', isShown: false, canBeKept: true },
      },
    ]);
  });

  it('is kept nowhere unless the user says so, and a one-time code never', async () => {
    const { made, kept, shown } = answers({ typed: '123456', isKept: true });
    const about = { user: 'root', address, instructions: 'Hello\u0007\u202e', isEchoed: true };
    const prompt = { kind: 'prompt', ...about, prompt: 'Code: ' } as const;
    expect(await made.answer(prompt, forever)).toBe('123456');
    expect([...kept]).toEqual([]);
    expect(shown).toMatchObject([
      {
        targets: [{ text: 'Hello' }],
        secret: { label: 'Code:', isShown: true, canBeKept: false },
      },
    ]);
  });

  it('is no longer asked when nobody waits for it', async () => {
    const { made, shown } = answers({ typed: '', isKept: false });
    const aborter = new AbortController();
    aborter.abort();
    expect(await made.answer(password, aborter.signal)).toBeUndefined();
    expect(shown).toEqual([]);
  });

  it('is known of the embedded platform', async () => {
    const { made, shown } = answers(undefined);
    const question = { ...password, address: '127.0.0.1:2022' };
    expect(await made.answer(question, forever)).toBe('of this run');
    expect(shown).toEqual([]);
  });
});

it('shows the fingerprint of an unknown host, and trusts it when the user does', async () => {
  const trusting = answers({ typed: '', isKept: false });
  const refusing = answers(undefined);
  expect([
    await trusting.made.answer(hostKey, forever),
    await refusing.made.answer(hostKey, forever),
  ]).toEqual([true, false]);
  expect(trusting.shown).toMatchObject([
    {
      title: 'Trust the key of hv1.example.org?',
      targets: [{ text: 'ssh-ed25519' }, { text: 'SHA256:abc' }],
      verb: 'Trust',
    },
  ]);
});
