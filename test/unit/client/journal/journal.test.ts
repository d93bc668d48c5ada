import { expect, it } from 'vitest';
import { isUncertain, Journal } from '../../../../client/journal/journal.ts';
import type { JournalEntry } from '../../../../client/journal/journal-entry.ts';
import { MemoryStorage } from '../../../support/client-ports.ts';
import { ManualTime } from '../../../support/manual-time.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

it('doubts an order without an answer, and none that was refused before anything was sent', () => {
  const entity = 'web';
  expect([
    isUncertain({ code: 'outcome-unknown', entity }),
    isUncertain({ code: 'timed-out', entity, seconds: 30 }),
    isUncertain({ code: 'not-sent', entity }),
    isUncertain({ code: 'not-connected', jid: ACCOUNT }),
  ]).toEqual([true, true, false, false]);
});

function journalOf(storage: MemoryStorage, format: string) {
  const clock = new ManualTime();
  const ignore = () => undefined;
  const createId = () => 'id';
  return new Journal({ storage, format, clock, createId, changed: ignore, failed: ignore });
}

function entry(number: number): JournalEntry {
  const order = { namespace: 'archipel:vm:control', action: 'create', input: {} };
  const to = { account: ACCOUNT, jid: jid('web@example.org') };
  return { id: `id-${number}`, ...to, ...order, state: 'done', sentAt: number };
}

it('leaves its log as it is until it has grown long', async () => {
  const storage = new MemoryStorage();
  const first = journalOf(storage, 'journal');
  for (let number = 0; number < 4999; number += 1) await first.record(entry(number));
  await journalOf(storage, 'journal').load();
  const before = storage.logs.get('journal')?.length;
  await first.record(entry(4999));
  const next = journalOf(storage, 'journal');
  await next.load();
  expect([before, storage.logs.get('journal')?.length, next.entries.at(-1)?.id]).toEqual([
    4999,
    1000,
    'id-4999',
  ]);
});

it('keeps itself and its log short while it runs', async () => {
  const storage = new MemoryStorage();
  const journal = journalOf(storage, 'journal');
  await journal.load();
  await journal.record({ ...entry(-1), state: 'unknown' });
  for (let number = 0; number < 6000; number += 1) await journal.record(entry(number));
  const { entries } = journal;
  const next = journalOf(storage, 'journal');
  await next.load();
  expect({
    isShort: entries.length < 1300,
    isLogShort: (storage.logs.get('journal')?.length ?? 0) < 2500,
    // What is not settled is never dropped.
    oldest: entries[0]?.id,
    newest: entries.at(-1)?.id,
    atNextStart: [next.entries[0]?.id, next.entries.at(-1)?.id],
  }).toEqual({
    ...{ isShort: true, isLogShort: true },
    ...{ oldest: 'id--1', newest: 'id-5999', atNextStart: ['id--1', 'id-5999'] },
  });
});

it('does not write over a log that it could not read', async () => {
  const storage = new MemoryStorage();
  await journalOf(storage, 'journal').record(entry(-1));
  const journal = journalOf(storage, 'journal');
  storage.failure = { code: 'storage-damaged', file: 'journal.log', detail: 'busy' };
  await journal.load();
  storage.failure = undefined;
  for (let number = 0; number < 5000; number += 1) await journal.record(entry(number));
  expect(storage.logs.get('journal')).toHaveLength(5001);
});

it('does not touch the log of another process on the same profile', async () => {
  const storage = new MemoryStorage();
  await journalOf(storage, 'journal').record(entry(1));
  const other = journalOf(storage, 'journal-of-command-line');
  await other.load();
  await other.record(entry(2));
  expect([other.entries.length, storage.logs.get('journal')?.length]).toEqual([1, 1]);
});
