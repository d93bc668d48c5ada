import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GatheredLine } from '../../../../../client/logs/log-gathering.ts';
import { CHUNK_LINES } from '../../../../../client/logs/store/log-chunk.ts';
import { LogStore } from '../../../../../client/logs/store/log-store.ts';
import { LogView, type ViewFilter } from '../../../../../client/logs/store/log-view.ts';
import { compileFilter } from '../../../../../core/logs/log-filter.ts';
import { LogLineReader } from '../../../../../core/logs/log-line.ts';

let folder: string;
let store: LogStore;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'archipel-lines-'));
  store = new LogStore({ folder });
});

afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What a log says, each line at its second. */
type Words = readonly [second: number, rest: string];

function said(source: string, ...lines: readonly Words[]) {
  return spoken(source, lines);
}

function spoken(source: string, lines: readonly Words[]) {
  const reader = new LogLineReader();
  return lines.map(([second, rest]): GatheredLine => {
    const at = new Date(second * 1000).toISOString().replace('T', ' ').replace('Z', '');
    const line = reader.read(`INFO    ::${at}::${rest}`);
    return { source, line, timeMs: line.timeMs };
  });
}

function gap(source: string): GatheredLine {
  return { source, line: undefined, timeMs: undefined };
}

async function texts(view?: LogView, of = store): Promise<string[]> {
  const { order } = view ?? of;
  const ids = Array.from({ length: order.count }, (_, place) => order.at(place) ?? -1);
  return (await of.rows(ids)).map((row) => (row.isGap ? '…' : row.text.slice(row.messageAt)));
}

describe('a store of log lines', () => {
  it('gives back what it was given, with its facts', async () => {
    await store.append(said('hv1', [5, 'a@example.org::MIGRATION begins on köln']));
    const [row] = await store.rows([0]);
    expect(row).toMatchObject({
      ...{ host: 'hv1', timeMs: 5000, level: 'info', prefix: 'MIGRATION' },
      ...{ entity: 'a@example.org', isGap: false },
    });
    expect(row?.text.slice(row.messageAt)).toBe('MIGRATION begins on köln');
  });

  it('puts what comes late from one source among what the others said before', async () => {
    await store.append(said('hv1', [1, 'x::one'], [4, 'x::four'], [6, 'x::six']));
    const revision = store.revision;
    await store.append(said('hv2', [2, 'x::two'], [5, 'x::five']));
    expect(await texts()).toEqual(['one', 'two', 'four', 'five', 'six']);
    expect(store.revision).toBeGreaterThan(revision);
  });

  it('never changes the order within a source, even when its clock goes back', async () => {
    await store.append(said('hv1', [9, 'x::first'], [3, 'x::second']));
    await store.append(said('hv2', [5, 'x::other']));
    expect(await texts()).toEqual(['other', 'first', 'second']);
  });

  it('keeps the place where lines may be missing in every view', async () => {
    const view = new LogView(store);
    await store.append([...said('hv1', [1, 'x::one']), gap('hv1'), ...said('hv1', [3, 'x::two'])]);
    view.setFilter({ text: 'two' });
    await view.catchUp();
    expect(await texts(view)).toEqual(['…', 'two']);
    expect(store.counts().gaps).toBe(1);
  });

  it('counts lines by level, part, entity and source', async () => {
    const lines = said(
      'hv1',
      [1, 'a@x::VMPARKING on'],
      [2, 'a@x::VMPARKING off'],
      [3, 'b::MAP it'],
    );
    await store.append(lines);
    const { levels, prefixes, entities, sources } = store.counts();
    expect({ info: levels.info, prefixes, entities, sources }).toEqual({
      info: 3,
      prefixes: [
        ['VMPARKING', 2],
        ['MAP', 1],
      ],
      entities: [
        ['a@x', 2],
        ['b', 1],
      ],
      sources: [['hv1', 3]],
    });
  });

  it('leaves no file with a name behind, and none that others may read', async () => {
    await store.append(said('hv1', [1, 'x::one']));
    if (process.platform !== 'win32') expect(readdirSync(folder)).toEqual([]);
    await store.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps a line of any length, in pieces', async () => {
    const long = `${'ä'.repeat(40_000)}\u{1f6a2}`;
    await store.append(said('hv1', [1, `x::${long}`]));
    expect(store.next).toBeGreaterThan(1);
    const rows = await store.rows(Array.from({ length: store.next }, (_, id) => id));
    expect(rows.map(({ text }) => text).join('')).toContain(long);
  });

  it('forgets the oldest lines when it has too many, and says how many', async () => {
    const small = new LogStore({ folder, mostLines: CHUNK_LINES });
    const view = new LogView(small);
    view.setFilter({ text: 'line 1' });
    const many = (from: number, count: number) =>
      spoken(
        'hv1',
        Array.from({ length: count }, (_, at) => [at, `x::line ${from + at}`] as const),
      );
    await small.append(many(0, CHUNK_LINES));
    await view.catchUp();
    const before = view.order.count;
    await small.append(many(CHUNK_LINES, 10));
    expect(small.forgotten).toBe(CHUNK_LINES);
    expect(small.order.count).toBe(10);
    expect(small.counts().levels.info).toBe(10);
    expect([before > 0, view.order.count]).toEqual([true, 0]);
    await small.close();
  });
});

const word = fc.constantFrom('alpha', 'Beta', 'ÄPFEL', 'K', 'PARK', '(x)', 'done', '');
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const line = fc.record({
  source: fc.constantFrom('hv1', 'hv2', 'hv3'),
  second: fc.integer({ min: 0, max: 40 }),
  entity: fc.constantFrom('a@example.org', 'b'),
  prefix: fc.constantFrom('MIGRATION', 'VMPARKING', 'plain'),
  text,
});
const filter = fc.record({
  text: fc.constantFrom('', 'beta', 'äpfel', 'k', 'alpha b'),
  regex: fc.constantFrom('', '^INFO', 'do+ne$', '[äk]'),
  isCaseSensitive: fc.boolean(),
  isInverted: fc.boolean(),
  prefix: fc.constantFrom(undefined, 'MIGRATION', 'NONE-SUCH'),
});

describe('a filtered view', () => {
  it('shows by time what a filter lets through, however the lines came', async () => {
    const property = fc.asyncProperty(
      fc.array(line),
      fc.nat({ max: 5 }),
      filter,
      async (all, cut, wish) => {
        const own = new LogStore({ folder });
        const { prefix, ...rest } = wish;
        const view = new LogView(own);
        view.setFilter({ ...rest, prefixes: prefix === undefined ? [] : [prefix] });
        const lines = all.flatMap(({ source, second, entity, prefix: part, text: words }) =>
          said(source, [second, `${entity}::${part} ${words}`]),
        );
        for (let from = 0; from < lines.length; from += cut + 1) {
          await own.append(lines.slice(from, from + cut + 1));
          await view.catchUp();
        }
        const test = compileFilter({ ...rest, ...(prefix !== undefined && { prefix }) });
        if (!test.ok) throw new Error(test.error.detail);
        const fits = new Set(lines.filter(({ line: one }) => one && test.value(one)).map(textOf));
        const whole = await texts(undefined, own);
        const shown = await texts(view, own);
        await own.close();
        expect(shown).toEqual(whole.filter((one) => fits.has(one)));
      },
    );
    await fc.assert(property, { numRuns: 150 });
  });

  it('is begun anew with another filter, and grows with the store', async () => {
    const view = new LogView(store);
    const set = async (wish: ViewFilter): Promise<string[]> => {
      view.setFilter(wish);
      await view.catchUp();
      return texts(view);
    };
    await store.append(said('hv1', [1, 'x::MIGRATION a'], [2, 'x::VMPARKING a'], [3, 'x::b']));
    expect(await set({ prefixes: ['MIGRATION', 'VMPARKING'] })).toEqual([
      'MIGRATION a',
      'VMPARKING a',
    ]);
    expect(await set({ about: 'parking', text: 'a' })).toEqual(['VMPARKING a']);
    expect(await set({ level: 'error' })).toEqual([]);
    expect(await set({})).toHaveLength(3);
    await store.append(said('hv1', [4, 'x::c']));
    expect(await texts(view)).toEqual(['MIGRATION a', 'VMPARKING a', 'b', 'c']);
  });

  it('keeps its filter when an expression is none', async () => {
    const view = new LogView(store);
    view.setFilter({ text: 'b' });
    const refused = view.setFilter({ regex: '(' });
    expect(refused).toMatchObject({ ok: false, error: { regex: '(' } });
    await store.append(said('hv1', [1, 'x::a'], [2, 'x::b']));
    await view.catchUp();
    expect(await texts(view)).toEqual(['b']);
  });

  it('gives up an expression that backtracks without end, and goes on with the next filter', async () => {
    await store.append(said('hv1', [1, `x::${'a'.repeat(60)}!`]));
    const view = new LogView(store);
    view.setFilter({ regex: '(a+)+$' });
    // It would take longer than the universe has lasted.
    await view.catchUp();
    expect(view.progress.slowRegex).toBe('(a+)+$');
    view.setFilter({ regex: 'a+!$' });
    await view.catchUp();
    expect([view.progress.slowRegex, view.order.count]).toEqual([undefined, 1]);
  });

  it('lets others have their turn, and ends where another filter comes in between', async () => {
    const many = Array.from({ length: 60_000 }, (_, at) => [at, `x::line ${at}`] as const);
    await store.append(spoken('hv1', many));
    const view = new LogView(store);
    view.setFilter({ regex: '9$' });
    const running = view.catchUp();
    view.setFilter({ text: 'line 59999' });
    await Promise.all([running, view.catchUp()]);
    expect(await texts(view)).toEqual(['line 59999']);
  });
});

function textOf({ line: one }: GatheredLine): string {
  return one ? one.text.slice(one.messageAt) : '…';
}
