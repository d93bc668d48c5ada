import { expect, it } from 'vitest';
import { LineSubscriptions } from '../../../../agent/log/line-subscriptions.ts';
import type { BareJid } from '../../../../core/domain/jid.ts';
import type { LogLines } from '../../../../core/protocol/log-lines.ts';
import { expectErr, expectOk } from '../../../support/expect-result.ts';

const ADA = 'ada@example.org' as BareJid;
const BOB = 'bob@example.org' as BareJid;

/** Subscriptions to a log that the test writes, on its clock. */
function begin() {
  const sent: (readonly [to: string, told: LogLines])[] = [];
  const unwelcome = new Set<BareJid>();
  let nowMs = 0;
  let write: (line: string) => void = () => undefined;
  let gathered: (() => void) | undefined;
  const subscriptions = new LineSubscriptions({
    onLine: (listener) => (write = listener),
    nowMs: () => nowMs,
    after: (_, run) => (gathered = run),
    send: (to, told) => sent.push([to, told]),
    mayRead: (user) => !unwelcome.has(user),
  });
  return {
    ...{ subscriptions, sent, unwelcome },
    says: (...lines: readonly string[]) => lines.forEach((line) => write(line)),
    /** Lets the time pass in which lines are gathered. */
    tell: (seconds = 0) => {
      nowMs += seconds * 1000;
      gathered?.();
      gathered = undefined;
    },
    who: (resource: string, jid = ADA) => ({ jid, from: `${jid}/${resource}` }),
  };
}

it('sends lines that come together in one message to each session, and to nobody before', () => {
  const { subscriptions, sent, says, tell, who } = begin();
  says('before');
  tell();
  expectOk(subscriptions.subscribe(who('desk'), 60));
  expectOk(subscriptions.subscribe(who('sofa', BOB), 60));
  says('one', 'two');
  expect(sent).toEqual([]);
  tell();
  says('three');
  tell();
  const [first, second] = [
    { lines: ['one', 'two'], missed: false },
    { lines: ['three'], missed: false },
  ];
  expect(sent).toEqual([
    [`${ADA}/desk`, first],
    [`${BOB}/sofa`, first],
    [`${ADA}/desk`, second],
    [`${BOB}/sofa`, second],
  ]);
});

it('ends with the lease, when it is asked to, and with the permission', () => {
  const { subscriptions, sent, unwelcome, says, tell, who } = begin();
  expectOk(subscriptions.subscribe(who('short'), 10));
  expectOk(subscriptions.subscribe(who('left'), 600));
  expectOk(subscriptions.subscribe(who('stays'), 600));
  expectOk(subscriptions.subscribe(who('desk', BOB), 600));
  subscriptions.unsubscribe(who('left').from);
  unwelcome.add(BOB);
  says('one');
  tell(11);
  expect(sent.map(([to]) => to)).toEqual([`${ADA}/stays`]);
  expect(subscriptions.count).toBe(1);
});

it('keeps the newest of too many lines, cut where they are too long, and says that some are missing', () => {
  const { subscriptions, sent, says, tell, who } = begin();
  expectOk(subscriptions.subscribe(who('desk'), 60));
  says(...Array.from({ length: 5000 }, (_, at) => `line ${at}`), 'x'.repeat(10_000));
  tell();
  const [, told] = sent[0] ?? [];
  expect(told?.missed).toBe(true);
  expect(told?.lines.length).toBeLessThanOrEqual(500);
  expect(told?.lines.at(-2)).toBe('line 4999');
  expect(told?.lines.at(-1)).toHaveLength(4000);
});

it('has a most of sessions for one user, who may always renew', () => {
  const { subscriptions, who } = begin();
  for (let at = 0; at < 20; at += 1) expectOk(subscriptions.subscribe(who(`r${at}`), 60));
  expect(expectErr(subscriptions.subscribe(who('one more'), 60))).toContain('20 subscriptions');
  expectOk(subscriptions.subscribe(who('r3'), 60));
  expectOk(subscriptions.subscribe(who('r1', BOB), 60));
});
