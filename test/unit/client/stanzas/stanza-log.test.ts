import { expect, it } from 'vitest';
import { StanzaLog } from '../../../../client/stanzas/stanza-log.ts';
import { ACCOUNT } from '../application-fixture.ts';

const ROOMY = { stanzas: 5000, characters: 1_000_000, atHand: 100 };

function filled(count: number, limits = ROOMY, text = (id: number) => `<presence id="${id}"/>`) {
  const log = new StanzaLog(limits);
  for (let id = 1; id <= count; id += 1) {
    const tap = { direction: 'received' as const, text: text(id), bytes: 10, at: id };
    log.push({ id, account: ACCOUNT, tap, cause: '' });
  }
  return log;
}

const idsOf = (stanzas: readonly { readonly id: number }[]) => stanzas.map(({ id }) => id);

it('gives what it packed as it came, whatever is written there', async () => {
  const text = (id: number) => `<message id='${id}' to="é">"\\ \n \u2028 \ud83d\ude80</message>`;
  const log = filled(3000, ROOMY, text);
  const found = await log.range(7, 8);
  expect(found).toEqual([
    {
      id: 7,
      account: ACCOUNT,
      tap: { direction: 'received', text: text(7), bytes: 10, at: 7 },
      cause: '',
    },
  ]);
  expect(idsOf(log.newest)).not.toContain(7);
});

it('gives a range over the border between what is packed and what is at hand', async () => {
  const log = filled(3000);
  const first = log.newest[0]?.id ?? 0;
  expect(idsOf(await log.range(first - 2, first + 2))).toEqual([
    first - 2,
    first - 1,
    first,
    first + 1,
  ]);
});

it('drops the oldest, and keeps as many as it was told', async () => {
  const ids = idsOf(await filled(12_345).range(0, Infinity));
  expect([ids.at(-1), ids.length >= 5000, ids.length < 6000]).toEqual([12_345, true, true]);
  expect(ids.every((id, index) => id === (ids[0] ?? 0) + index)).toBe(true);
});

it('keeps no more characters than it was told', async () => {
  const log = filled(2000, { ...ROOMY, characters: 10_000 }, () => 'x'.repeat(100));
  const ids = idsOf(await log.range(0, Infinity));
  expect([ids.at(-1), ids.length >= 50, ids.length <= 100]).toEqual([2000, true, true]);
});

it('is empty once it was cleared, and goes on', async () => {
  const log = filled(3000);
  log.clear();
  const tap = { direction: 'sent' as const, text: '<iq/>', bytes: 5, at: 1 };
  log.push({ id: 3001, account: ACCOUNT, tap, cause: 'query' });
  expect(idsOf(await log.range(0, Infinity))).toEqual([3001]);
});
