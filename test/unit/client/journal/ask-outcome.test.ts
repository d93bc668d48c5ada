import { expect, it } from 'vitest';
import { askOutcome } from '../../../../client/journal/ask-outcome.ts';
import type { Asker } from '../../../../client/journal/evidence.ts';
import type { JournalEntry } from '../../../../client/journal/journal-entry.ts';
import type { AppError } from '../../../../core/contract/app-error.ts';
import { err, ok, type Result } from '../../../../core/lib/result.ts';
import type { Outcome } from '../../../../core/protocol/outcome.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

const NAME = 'web';
const SENT_AT = 1_000_000;
const NOW = SENT_AT + 60_000;

const ENTRY: JournalEntry = {
  id: 'order',
  stanzaId: 'order',
  account: ACCOUNT,
  jid: jid('web@example.org'),
  namespace: 'archipel:vm:control',
  action: 'reboot',
  input: {},
  state: 'unknown',
  sentAt: SENT_AT,
};
const ABOUT_IT = { namespace: ENTRY.namespace, action: ENTRY.action };

/** What is made of an answer about the order. */
async function told(answer: Result<Partial<Outcome>, AppError>, entry = ENTRY) {
  const asked: unknown[] = [];
  const asker = {
    ask: async (_action: unknown, _jid: unknown, input: unknown) => {
      asked.push(input);
      return answer;
    },
  } as unknown as Asker;
  const meaning = await askOutcome(asker, entry, NAME, () => NOW);
  return { asked, meaning };
}

const FULL = { reachesMs: 3_600_000, since: '2026-01-01T00:00:00.000Z' };

it('asks by the id of the stanza, and believes the answer', async () => {
  const { asked, meaning } = await told(ok({ ...FULL, ...ABOUT_IT, outcome: 'done' }));
  expect([asked, meaning]).toEqual([[{ id: 'order' }], ok({ kind: 'done' })]);
});

it('passes on why it failed', async () => {
  const error = { code: 'libvirt-error', number: 55, text: 'domain is not running' };
  const { meaning } = await told(ok({ ...FULL, ...ABOUT_IT, outcome: 'failed', error }));
  expect(meaning).toMatchObject({
    value: {
      kind: 'failed',
      error: {
        code: 'refused',
        class: 'libvirt',
        number: 55,
        text: error.text,
        meaning: 'libvirt-operation-invalid',
      },
    },
  });
});

it('names the permission that was missing', async () => {
  const error = { code: 'permission-denied', text: '' };
  const { meaning } = await told(ok({ ...FULL, ...ABOUT_IT, outcome: 'failed', error }));
  expect(meaning).toEqual(
    ok({ kind: 'failed', error: { code: 'denied', entity: NAME, permission: 'reboot' } }),
  );
});

it('tells what never arrived from what may have been forgotten', async () => {
  const reaching = async (reachesMs: number) => {
    const { meaning } = await told(ok({ ...FULL, reachesMs, outcome: 'unheard' }));
    return meaning;
  };
  expect([await reaching(60_000), await reaching(59_999)]).toEqual([
    ok({ kind: 'never' }),
    ok({ kind: 'nothing' }),
  ]);
});

it('does not take the outcome of another action of the same id for its own', async () => {
  const other = { ...ABOUT_IT, action: 'create', outcome: 'done' } as const;
  expect((await told(ok({ ...FULL, ...other }))).meaning).toEqual(ok({ kind: 'nothing' }));
});

it('asks nothing about an order whose stanza had no id of the journal', async () => {
  const old = { ...ENTRY, stanzaId: undefined };
  const answer = ok({ ...FULL, ...ABOUT_IT, outcome: 'done' as const });
  expect(await told(answer, old)).toEqual({ asked: [], meaning: ok({ kind: 'nothing' }) });
});

it('looks at the state where the entity keeps no record, and asks later where the link broke', async () => {
  const unsupported = { code: 'unsupported', entity: NAME, namespace: 'n', action: 'get' } as const;
  const gone = { code: 'not-connected', jid: ACCOUNT } as const;
  expect([(await told(err(unsupported))).meaning, (await told(err(gone))).meaning]).toEqual([
    ok({ kind: 'nothing' }),
    err(gone),
  ]);
});

it('looks at the state where the agent ended in the middle of the order', async () => {
  const cutOff = { ...FULL, ...ABOUT_IT, outcome: 'interrupted' as const };
  expect((await told(ok(cutOff))).meaning).toEqual(ok({ kind: 'nothing' }));
});
