import { existsSync, mkdtempSync, rmSync, WriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GatheredLine } from '../../../../../client/logs/log-gathering.ts';
import { LogFeed } from '../../../../../client/logs/store/log-feed.ts';
import { LogStore } from '../../../../../client/logs/store/log-store.ts';
import type { LogAnswer, LogRequest } from '../../../../../core/logs/log-port.ts';
import { LogLineReader } from '../../../../../core/logs/log-line.ts';
import { ManualTime } from '../../../../support/manual-time.ts';

/** On a machine that has much else to do, milliseconds. */
const AT_LAST = 20_000;

let folder: string;
let clock: ManualTime;
let feed: LogFeed;
let answers: LogAnswer[];
let noticed: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'archipel-feed-'));
  clock = new ManualTime();
  answers = [];
  noticed = [];
  feed = new LogFeed({
    folder,
    clock,
    answer: (answer) => void answers.push(answer),
    noticed: (pattern, host, text) => void noticed.push(`${pattern} ${host} ${text.slice(-3)}`),
    failed: (cause) => expect.unreachable(String(cause)),
  });
});

afterEach(async () => {
  await feed.close();
  rmSync(folder, { recursive: true, force: true });
});

function lines(host: string, ...texts: readonly string[]): readonly GatheredLine[] {
  const reader = new LogLineReader();
  return texts.map((text, second): GatheredLine => {
    const line = reader.read(`INFO ::2026-11-22 10:00:0${second}.000::hv::${text}`);
    return { source: host, line, timeMs: line.timeMs };
  });
}

async function ask(request: LogRequest): Promise<LogAnswer | undefined> {
  await feed.obey(request);
  return answers.findLast(({ kind }) => kind !== 'standing');
}

function standing() {
  const last = answers.findLast(({ kind }) => kind === 'standing');
  return last?.kind === 'standing' ? last.standing : undefined;
}

describe('a log that a page looks at', () => {
  it('is told at most every tenth of a second how it stands', async () => {
    for (let batch = 0; batch < 50; batch += 1) await feed.take(lines('hv1', 'a'), true);
    expect(answers).toHaveLength(0);
    await clock.pass(100);
    expect(answers).toHaveLength(1);
    expect(standing()).toMatchObject({ shown: 50, searched: 50, total: 50 });
  });

  it('gives the lines that are asked for, and none beyond the end', async () => {
    await feed.take(lines('hv1', 'a', 'b', 'c'), true);
    const answer = await ask({ kind: 'rows', ticket: 7, from: 1, count: 1000 });
    expect(answer).toMatchObject({ kind: 'rows', ticket: 7, from: 1 });
    const rows = answer?.kind === 'rows' ? answer.rows : [];
    expect(rows.map(({ text, messageAt }) => text.slice(messageAt))).toEqual(['b', 'c']);
  });

  it('finds a moment and a line among those that are shown', async () => {
    await feed.take(lines('hv1', 'a', 'b', 'c'), true);
    const timeMs = Date.UTC(2026, 10, 22, 10, 0, 1, 500);
    expect(await ask({ kind: 'seek-time', ticket: 1, timeMs })).toMatchObject({ place: 1 });
    expect(await ask({ kind: 'seek-line', ticket: 2, id: 2 })).toMatchObject({ place: 2 });
    expect(await ask({ kind: 'seek-line', ticket: 3, id: 99 })).toMatchObject({ place: -1 });
  });

  it('says which line it found: others may come before it while it is read', async () => {
    await feed.take(lines('hv1', 'a', 'b', 'c'), true);
    const timeMs = Date.UTC(2026, 10, 22, 10, 0, 1, 500);
    const asked = feed.obey({ kind: 'seek-time', ticket: 1, timeMs });
    await feed.take(lines('hv2', 'x', 'y', 'z'), true);
    await asked;
    const rowOf = (answer: LogAnswer | undefined) =>
      answer?.kind === 'place' ? answer.row?.text.slice(-3) : undefined;
    expect(rowOf(answers.find(({ kind }) => kind === 'place'))).toBe('::b');
    const find: LogRequest = { kind: 'find', ticket: 2, words: ['c'], from: 0, step: 1 };
    const found = await ask(find);
    expect([rowOf(found), found?.kind === 'place' && found.place]).toEqual(['::c', 4]);
  });

  it('finds no moment where no line is', async () => {
    expect(await ask({ kind: 'seek-time', ticket: 1, timeMs: 0 })).toMatchObject({ place: -1 });
  });

  it('finds the next and the previous line with one of several words', async () => {
    await feed.take(lines('hv1', 'one', 'two', 'ONE', 'four'), true);
    const find = async (from: number | undefined, step: 1 | -1, ...words: string[]) => {
      const answer = await ask({ kind: 'find', ticket: 1, words, from, step });
      return answer?.kind === 'place' ? answer.place : undefined;
    };
    expect(await find(0, 1, 'one')).toBe(2);
    expect(await find(3, -1, 'two', 'one')).toBe(2);
    expect(await find(2, -1, 'two', 'one')).toBe(1);
    expect(await find(0, -1, 'one')).toBe(-1);
    expect(await find(2, 1, 'one')).toBe(-1);
    // Where no line is chosen, also the very first and the very last are looked at.
    expect(await find(undefined, 1, 'one')).toBe(0);
    expect(await find(undefined, -1, 'four')).toBe(3);
  });

  it.each([
    ['next', 0, 1],
    ['previous', 5, -1],
    ['first', undefined, 1],
    ['last', undefined, -1],
  ] as const)('finds the %s line once more that a filter left out', async (_which, from, step) => {
    await feed.take(lines('hv1', 'start', 'b x', 'a x', 'b x', 'end'), true);
    const asked = feed.obey({ kind: 'find', ticket: 1, words: ['x'], from, step });
    await feed.obey({ kind: 'filter', filter: { text: 'a' } });
    await asked;
    // Of "start" and "a x".
    expect(answers.find(({ kind }) => kind === 'place')).toMatchObject({ place: 1 });
  });

  it('says what is wrong with an expression, and keeps the filter before', async () => {
    await feed.take(lines('hv1', 'a', 'b'), true);
    await feed.obey({ kind: 'filter', filter: { text: 'b' } });
    await feed.obey({ kind: 'filter', filter: { regex: '(' } });
    // It searches on real time.
    while (standing()?.searched !== 2) await clock.pass(100);
    expect(standing()?.badRegex).toContain('Unterminated group');
    const answer = await ask({ kind: 'rows', ticket: 1, from: 0, count: 10 });
    expect(answer?.kind === 'rows' && answer.rows.length).toBe(1);
  });

  it('raises a notice for what comes now, once in a while, and none for the past', async () => {
    await feed.obey({ kind: 'patterns', patterns: ['PANIC', ' '] });
    await feed.take(lines('hv1', 'panic 1'), true);
    await feed.take(lines('hv1', 'panic 2'), false);
    await feed.take(lines('hv2', 'panic 3'), false);
    await clock.pass(10_000);
    await feed.take(lines('hv2', 'all well', 'Panic 4'), false);
    expect(noticed).toEqual(['PANIC hv1 c 2', 'PANIC hv2 c 4']);
  });

  it('writes to a file what is shown, or all, with the host where there are several', async () => {
    await feed.take(lines('hv1', 'a', 'b'), true);
    await feed.obey({ kind: 'filter', filter: { text: 'b' } });
    const file = path.join(folder, 'out.log');
    expect(await feed.writeTo(file, 'shown')).toBe(1);
    expect(await readFile(file, 'utf8')).toBe('INFO ::2026-11-22 10:00:01.000::hv::b\n');
    await feed.take(lines('hv2', 'c'), true);
    expect(await feed.writeTo(file, 'all')).toBe(3);
    expect(await readFile(file, 'utf8')).toMatch(/^hv1 {2}.*::a\nhv2 {2}.*::c\nhv1 {2}.*::b\n$/u);
  });

  it('rejects when the file cannot be written', async () => {
    await expect(feed.writeTo(path.join(folder, 'no', 'such.log'), 'all')).rejects.toThrow(
      'ENOENT',
    );
  });

  it.runIf(existsSync('/dev/full'))('rejects when the disk is full', async () => {
    const ended = vi.spyOn(WriteStream.prototype, 'destroy');
    const read: LogStore['rows'] = Reflect.get(LogStore.prototype, 'rows');
    const reads = vi.spyOn(LogStore.prototype, 'rows');
    reads.mockImplementation(async function (this: LogStore, ids) {
      // The disk says that it is full while the next lines are read, and nobody writes to it.
      if (reads.mock.calls.length > 1)
        await vi.waitUntil(() => ended.mock.calls.length > 0, AT_LAST);
      return Reflect.apply(read, this, [ids]);
    });
    const short = Array.from({ length: 4500 }, () => new LogLineReader().read('x'));
    await feed.take(
      short.map((line) => ({ source: 'hv1', line, timeMs: 0 })),
      true,
    );
    await expect(feed.writeTo('/dev/full', 'all')).rejects.toThrow('ENOSPC');
  });
});
