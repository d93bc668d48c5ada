import { expect, it } from 'vitest';
import { findExchange, type WantedExchange } from '../../../../client/stanzas/find-exchange.ts';
import type { StanzaTap } from '../../../../node/xmpp/session-types.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

const RACK = jid('rack1@example.org');
const CONTROL = 'archipel:hypervisor:control';

function sent(id: string, action: string, at: number, to = `${RACK}/rack1`): StanzaTap {
  const text = `<iq type="get" id="${id}" to="${to}"><query xmlns="${CONTROL}"><archipel action="${action}"/></query></iq>`;
  return { direction: 'sent', text, bytes: text.length, at };
}

function answer(id: string, type: string, at: number, from = `${RACK}/rack1`): StanzaTap {
  const text = `<iq type="${type}" id="${id}" from="${from}"/>`;
  return { direction: 'received', text, bytes: text.length, at };
}

function find(wanted: Partial<WantedExchange>, ...taps: readonly StanzaTap[]) {
  const stanzas = taps.map((tap) => ({ account: ACCOUNT, tap }));
  return findExchange(stanzas, { account: ACCOUNT, jid: RACK, outcome: 'anything', ...wanted });
}

it('finds the newest request to somebody with its answer', () => {
  const taps = [sent('1', 'ip', 1), answer('1', 'result', 2), sent('2', 'ip', 3)];
  expect(find({}, ...taps, answer('2', 'error', 4))).toEqual({ request: 2, answer: 3 });
});

it('keeps actions, ids and times apart', () => {
  const taps = [sent('1', 'ip', 1), sent('2', 'rostervm', 2), sent('3', 'ip', 9)];
  expect([
    find({ namespace: CONTROL, action: 'rostervm' }, ...taps)?.request,
    find({ stanzaId: '1' }, ...taps)?.request,
    find({ action: 'ip', before: 8 }, ...taps)?.request,
    find({ namespace: 'archipel:vm:control' }, ...taps),
  ]).toEqual([1, 0, 0, undefined]);
});

it('tells refused requests from answered and silent ones', () => {
  const taps = [sent('1', 'ip', 1), answer('1', 'error', 2), sent('2', 'ip', 3)];
  const all = [...taps, sent('3', 'ip', 4), answer('3', 'result', 5)];
  expect([
    find({ outcome: 'error' }, ...all),
    find({ outcome: 'nothing' }, ...all),
    find({ outcome: 'anything' }, ...all),
  ]).toEqual([
    { request: 0, answer: 1 },
    { request: 2, answer: undefined },
    { request: 3, answer: 4 },
  ]);
});

it('takes no answer of somebody else, and no id that only resembles', () => {
  const other = answer('1', 'error', 2, 'rack2@example.org/rack2');
  expect(find({}, sent('1', 'ip', 1), other, answer('11', 'error', 3))).toEqual({
    request: 0,
    answer: undefined,
  });
  expect(find({}, sent('1', 'ip', 1, 'rack1@example.org.evil/x'))).toBeUndefined();
});
