import type { BadRegex, LogFilter } from '../../../core/logs/log-filter.ts';
import { ok, type Result } from '../../../core/lib/result.ts';
import { CHUNK_LINES, GAP, type LogChunk } from './log-chunk.ts';
import {
  compileSearches,
  type LineSearch,
  SlowRegexError,
  textSearch,
  type TextBlock,
} from './line-search.ts';
import { levelNumber, type LogStore } from './log-store.ts';
import { TimeOrder } from './time-order.ts';

/** Which lines a panel wants to see; all that is set must fit. */
export interface ViewFilter extends Omit<LogFilter, 'prefix'> {
  /** The parts of the agent; empty: all. */
  readonly prefixes?: readonly string[];
  /** Text that must be there whatever else is looked for, such as the JID of a machine. */
  readonly about?: string;
}

/** How far a view has got. */
export interface ViewProgress {
  /** Lines that fit. */
  readonly shown: number;
  /** Lines looked at, of `total`. */
  readonly searched: number;
  readonly total: number;
  /** Set where the filter was given up because its expression takes too long. */
  readonly slowRegex: string | undefined;
}

/** After so long others have their turn. */
const TURN_MS = 8;
const MOST_BLOCK_BYTES = 524_288;
const MOST_BLOCK_LINES = 8192;

/** The lines of a store that fit a filter, by time. It grows with the store. */
export class LogView {
  readonly #store: LogStore;
  #search: Search | undefined;
  #order: TimeOrder;
  #searched: number;
  #slowRegex: string | undefined;
  #run = 0;
  #running: Promise<void> | undefined;
  #isStopped = false;
  #revision = 0;
  #seenRevision = 0;

  constructor(store: LogStore) {
    this.#store = store;
    this.#order = store.order;
    this.#searched = store.first;
  }

  /** The lines that fit, as far as was searched. */
  get order(): TimeOrder {
    this.#forget();
    return this.#order;
  }

  /** Changes whenever a line that was shown has got another place. */
  get revision(): number {
    this.#forget();
    return this.#revision;
  }

  get progress(): ViewProgress {
    const { first, next } = this.#store;
    const searched = this.#search ? this.#searched - first : next - first;
    return {
      shown: this.order.count,
      searched: Math.max(0, searched),
      total: next - first,
      slowRegex: this.#slowRegex,
    };
  }

  /** Begins anew with this filter; a regular expression that is none is told, and nothing changes. */
  setFilter(filter: ViewFilter): Result<undefined, BadRegex> {
    const search = compile(filter, this.#store);
    if (!search.ok) return search;
    this.#run += 1;
    this.#running = undefined;
    this.#revision += 1;
    this.#slowRegex = undefined;
    this.#search = search.value;
    this.#searched = this.#store.first;
    this.#order = search.value ? new TimeOrder((id) => this.#store.timeOf(id)) : this.#store.order;
    return ok(undefined);
  }

  /** Looks at all lines that came since, others having their turn in between. */
  catchUp(): Promise<void> {
    const search = this.#search;
    if (!search || this.#isStopped || this.#slowRegex !== undefined) return Promise.resolve();
    if (this.#running) return this.#running;
    const run = this.#run;
    const running = this.#attempt(search, run).finally(() => {
      if (run === this.#run) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  /** Gives up what is under way, for good. */
  stop(): void {
    this.#run += 1;
    this.#isStopped = true;
  }

  async #attempt(search: Search, run: number): Promise<void> {
    try {
      await this.#searchAll(search, run);
    } catch (cause) {
      if (!(cause instanceof SlowRegexError)) throw cause;
      if (run === this.#run) this.#slowRegex = cause.regex;
    }
  }

  async #searchAll(search: Search, run: number): Promise<void> {
    let turnEnds = performance.now() + TURN_MS;
    while (this.#searched < this.#store.next && run === this.#run) {
      this.#searched = Math.max(this.#searched, this.#store.first);
      const from = this.#searched;
      const [chunk, slot] = this.#store.chunkOf(from);
      if (!chunk) return;
      const to = blockEnd(chunk, slot, search.texts.length > 0);
      const hits = await search.find(chunk, slot, to);
      if (run !== this.#run) return;
      // What was forgotten meanwhile is not taken in.
      const kept = hits.map((hit) => from + hit).filter((id) => id >= this.#store.first);
      const before = this.#order.count;
      if (kept.length > 0 && this.#order.add(kept) < before) this.#revision += 1;
      this.#searched = from + (to - slot);
      if (performance.now() < turnEnds) continue;
      await new Promise((resolve) => setImmediate(resolve));
      turnEnds = performance.now() + TURN_MS;
    }
  }

  /** Follows the store in what it forgot and moved. */
  #forget(): void {
    if (this.#store.revision === this.#seenRevision) return;
    this.#seenRevision = this.#store.revision;
    if (this.#order === this.#store.order) this.#revision += 1;
    else {
      const before = this.#order.count;
      this.#order.dropBelow(this.#store.first);
      if (this.#order.count !== before) this.#revision += 1;
    }
  }
}

/** The end of a block of lines that is searched at once. */
function blockEnd(chunk: LogChunk, slot: number, readsText: boolean): number {
  const most = readsText ? MOST_BLOCK_LINES : CHUNK_LINES / 4;
  let end = Math.min(chunk.count, slot + most);
  if (!readsText) return end;
  const from = chunk.offsets[slot] ?? 0;
  while (end > slot + 1 && (chunk.offsets[end] ?? 0) - from > MOST_BLOCK_BYTES) {
    end = slot + Math.max(1, (end - slot) >>> 1);
  }
  return end;
}

interface Search {
  /** What has to be read for. */
  readonly texts: readonly LineSearch[];
  /** The places among these lines, from 0, of those that fit. */
  find(chunk: LogChunk, from: number, to: number): Promise<readonly number[]>;
}

function compile(filter: ViewFilter, store: LogStore): Result<Search | undefined, BadRegex> {
  const compiled = compileSearches(filter);
  if (!compiled.ok) return compiled;
  const { about = '', isInverted = false, level, prefixes = [] } = filter;
  const abouts = about === '' ? [] : [textSearch(about, false)];
  const texts = compiled.value;
  const least = levelNumber(level);
  const all = [...texts, ...abouts];
  if (all.length + prefixes.length + least === 0) return ok(undefined);
  return ok({
    texts: all,
    find: async (chunk, from, to) => {
      const marks = new Uint8Array(to - from);
      const wanted = prefixes.map((prefix) => store.numberOf('prefix', prefix) ?? -1);
      if (!markFacts(chunk, from, marks, least, wanted)) return [];
      if (all.length > 0) {
        const block = await blockOf(chunk, from, to);
        for (const search of abouts) search(block, marks);
        markTexts(block, marks, texts, isInverted);
      }
      keepGaps(chunk, from, marks);
      return hitsOf(marks);
    },
  });
}

/** Marks the lines whose facts fit; false where none does. */
function markFacts(
  chunk: LogChunk,
  from: number,
  marks: Uint8Array,
  least: number,
  prefixes: readonly number[],
): boolean {
  if (least + prefixes.length === 0) {
    marks.fill(1);
    return true;
  }
  let isAny = false;
  for (let at = 0; at < marks.length; at += 1) {
    const level = chunk.levels[from + at] ?? 0;
    const fits =
      level >= least &&
      (prefixes.length === 0 || level === GAP || prefixes.includes(chunk.prefixes[from + at] ?? 0));
    if (!fits) continue;
    marks[at] = 1;
    isAny = true;
  }
  return isAny;
}

function markTexts(
  block: TextBlock,
  marks: Uint8Array,
  texts: readonly LineSearch[],
  isInverted: boolean,
): void {
  if (texts.length === 0) return;
  if (!isInverted) {
    for (const search of texts) search(block, marks);
    return;
  }
  const fits = Uint8Array.from(marks);
  for (const search of texts) search(block, fits);
  for (let at = 0; at < marks.length; at += 1) {
    if (fits[at] === 1) marks[at] = 0;
  }
}

/** That lines may be missing is shown whatever is looked for. */
function keepGaps(chunk: LogChunk, from: number, marks: Uint8Array): void {
  if (!chunk.hasGap) return;
  for (let at = 0; at < marks.length; at += 1) if (chunk.levels[from + at] === GAP) marks[at] = 1;
}

async function blockOf(chunk: LogChunk, from: number, to: number): Promise<TextBlock> {
  const bytes = await chunk.read(from, to);
  const starts = chunk.offsets.subarray(from, to + 1);
  return { bytes, starts, base: starts[0] ?? 0, count: to - from };
}

function hitsOf(marks: Uint8Array): readonly number[] {
  const hits: number[] = [];
  for (let at = marks.indexOf(1); at >= 0; at = marks.indexOf(1, at + 1)) hits.push(at);
  return hits;
}
