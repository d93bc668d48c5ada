import { describe, expect, it } from 'vitest';
import { AccountContacts } from '../../../../client/accounts/account-contacts.ts';
import type { EventSubscriptions } from '../../../../client/inventory/event-subscriptions.ts';
import { parseJid } from '../../../../core/domain/jid.ts';
import { err, ok, type Result } from '../../../../core/lib/result.ts';
import { el } from '../../../../core/xml/element.ts';
import type { Roster } from '../../../../node/xmpp/roster.ts';
import type { IqFailure } from '../../../../node/xmpp/session-failure.ts';
import { settled } from '../../../support/manual-time.ts';

const account = parseJid('ada@example.test')!.bare;
const machine = parseJid('web@example.test')!.bare;

function contacts(answer: Result<void, IqFailure>, ...later: Result<void, IqFailure>[]) {
  const [left, forgotten]: [string[], string[]] = [[], []];
  const answers = [answer, ...later];
  let loaded = (): void => undefined;
  const desk = new AccountContacts({
    account,
    roster: {
      remove: async () => answers.shift(),
      on: (_name: string, listener: () => void) => (loaded = listener),
    } as unknown as Roster,
    subscriptions: {
      leave: async (jid: string) => {
        left.push(jid);
      },
    } as unknown as EventSubscriptions,
    forget: (jid) => void forgotten.push(jid),
    delimiter: () => '::',
  });
  return { desk, left, forgotten, load: () => loaded() };
}

function refusal(condition: string): Result<void, IqFailure> {
  return err({
    code: 'stanza-error',
    type: 'cancel',
    condition,
    text: '',
    application: undefined,
    legacyCode: undefined,
    element: el('error'),
  });
}

describe('removing a contact', () => {
  it.each([
    ['was there', ok(undefined)],
    ['had left with its shared group before', refusal('item-not-found')],
  ] as const)('is done when it %s, and its events are left', async (_how, answer) => {
    const { desk, left, forgotten } = contacts(answer);
    expect(await desk.remove(machine)).toEqual(ok(undefined));
    expect([left, forgotten]).toEqual([[machine], [machine]]);
  });

  it('fails when the server forbids it, and its events are kept', async () => {
    const { desk, left } = contacts(refusal('not-allowed'));
    expect(await desk.remove(machine)).toMatchObject({ ok: false });
    expect(left).toEqual([]);
  });
});

describe('a contact that is gone', () => {
  it('leaves once the link that broke over it is back, and is then left alone', async () => {
    const broken = err({ code: 'not-sent', because: 'offline' } as const);
    const { desk, left, load } = contacts(broken, ok(undefined));
    await desk.leave(machine);
    const before = [...left];
    load();
    await settled();
    load();
    await settled();
    expect([before, left]).toEqual([[], [machine]]);
  });
});
