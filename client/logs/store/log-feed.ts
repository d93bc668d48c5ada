import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { LogAnswer, LogRequest, LogStanding } from '../../../core/logs/log-port.ts';
import type { LogRow } from '../../../core/logs/log-page.ts';
import type { Clock } from '../../../node/xmpp/clock.ts';
import type { GatheredLine } from '../log-gathering.ts';
import { LogStore, type LogStoreOptions } from './log-store.ts';
import { LogView } from './log-view.ts';
import { type Noticed, PatternWatch } from './pattern-watch.ts';

/** The page is told how it stands at most so often. */
const TELL_EVERY_MS = 100;
const ROWS_AT_ONCE = 500;
const EXPORT_AT_ONCE = 2000;

export interface LogFeedOptions extends LogStoreOptions {
  readonly answer: (answer: LogAnswer) => void;
  readonly clock: Clock;
  readonly noticed: Noticed;
  /** The lines cannot be kept: the disk is full, or the folder cannot be written. */
  readonly failed: (cause: unknown) => void;
}

type FindRequest = Extract<LogRequest, { kind: 'find' }>;

/** One log as a panel sees it: takes in lines, and answers what the page asks. */
export class LogFeed {
  readonly #options: LogFeedOptions;
  readonly #store: LogStore;
  readonly #view: LogView;
  readonly #patterns: PatternWatch;
  #badRegex: string | undefined;
  #cancelTell: (() => void) | undefined;
  #latestFind = -1;
  #isClosed = false;

  constructor(options: LogFeedOptions) {
    this.#options = options;
    this.#store = new LogStore(options);
    this.#view = new LogView(this.#store);
    this.#patterns = new PatternWatch(options.clock, options.noticed);
  }

  /** Takes in lines; who brings more waits until this resolves. Those of the past raise no notice. */
  async take(lines: readonly GatheredLine[], isPast: boolean): Promise<void> {
    if (this.#isClosed) return;
    try {
      await this.#store.append(lines);
    } catch (cause) {
      this.#options.failed(cause);
      return;
    }
    if (!isPast) this.#patterns.see(lines);
    this.#search();
  }

  /** Does what a page asks for. */
  async obey(request: LogRequest): Promise<void> {
    switch (request.kind) {
      case 'filter': {
        const set = this.#view.setFilter(request.filter);
        this.#badRegex = set.ok ? undefined : set.error.detail;
        this.#tell();
        this.#search();
        return;
      }
      case 'rows':
        await this.#rows(request.ticket, request.from, request.count);
        return;
      case 'seek-time':
        await this.#placeAt(request.ticket, request.timeMs);
        return;
      case 'seek-line':
        this.#placeOfLine(request.ticket, request.id);
        return;
      case 'find':
        await this.#find(request);
        return;
      case 'patterns':
        this.#patterns.watch(request.patterns);
    }
  }

  /** Writes what is shown, or all, to a file. Returns how many lines. Rejects when it cannot be written. */
  async writeTo(file: string, which: 'shown' | 'all'): Promise<number> {
    if (which === 'shown') await this.#view.catchUp();
    const order = which === 'all' ? this.#store.order : this.#view.order;
    const ids = Array.from({ length: order.count }, (_, place) => order.at(place) ?? 0);
    const hosts = this.#store.counts().sources.length > 1;
    // A disk that is full says so at any moment, also while lines are being read.
    await pipeline(this.#texts(ids, hosts), createWriteStream(file, { mode: 0o600 }));
    return ids.length;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#view.stop();
    this.#cancelTell?.();
    await this.#store.close();
  }

  async *#texts(ids: readonly number[], withHost: boolean): AsyncGenerator<string> {
    for (let from = 0; from < ids.length; from += EXPORT_AT_ONCE) {
      const rows = await this.#store.rows(ids.slice(from, from + EXPORT_AT_ONCE));
      yield rows.map((row) => exported(row, withHost)).join('');
    }
  }

  #search(): void {
    this.#tellSoon();
    this.#view.catchUp().then(
      () => this.#tellSoon(),
      (cause: unknown) => {
        if (!this.#isClosed) this.#options.failed(cause);
      },
    );
  }

  async #rows(ticket: number, from: number, count: number): Promise<void> {
    const { order, revision } = this.#view;
    const ids: number[] = [];
    for (let place = from; place < Math.min(order.count, from + count); place += 1) {
      ids.push(order.at(place) ?? 0);
    }
    const rows = await this.#store.rows(ids);
    this.#answer({ kind: 'rows', ticket, from, revision, rows });
  }

  /** From a line on, and once more where the one that was found has lost its place while it was read. */
  async #find(request: FindRequest): Promise<void> {
    const { ticket, from, step } = request;
    this.#latestFind = ticket;
    const start = from === undefined ? undefined : this.#view.order.at(from);
    let row = await this.#look(request, from === undefined ? this.#end(step) : from + step);
    if (row && this.#placeOf(row) < 0) {
      await this.#view.catchUp();
      row = await this.#look(request, this.#beside(start, step));
    }
    if (this.#latestFind === ticket) this.#found(ticket, row);
  }

  /** Where a search of all lines begins. */
  #end(step: 1 | -1): number {
    return step === 1 ? 0 : this.#view.order.count - 1;
  }

  /** Where a search goes on that began at a line, which may be shown no more; without one, at the end. */
  #beside(start: number | undefined, step: 1 | -1): number {
    const { order } = this.#view;
    if (start === undefined) return this.#end(step);
    const place = order.placeOf(start);
    return step === 1 && order.at(place) !== start ? place : place + step;
  }

  /** Line by line from a place on; a later search ends this one. */
  async #look({ ticket, words, step }: FindRequest, from: number): Promise<LogRow | undefined> {
    const wanted = words.map((word) => word.toLowerCase()).filter((word) => word !== '');
    const { order } = this.#view;
    let place = from;
    while (wanted.length > 0 && place >= 0 && place < order.count) {
      const size =
        step === 1
          ? Math.min(ROWS_AT_ONCE, order.count - place)
          : Math.min(ROWS_AT_ONCE, place + 1);
      const ids = Array.from({ length: size }, (_, at) => order.at(place + at * step) ?? 0);
      const rows = await this.#store.rows(step === 1 ? ids : ids.reverse());
      const found = fitting(rows, wanted, step);
      if (found !== undefined || this.#latestFind !== ticket) return found;
      place += size * step;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return undefined;
  }

  /** Of a line that is not shown, where it would be. */
  #placeOfLine(ticket: number, id: number): void {
    const isThere = id >= this.#store.first && id < this.#store.next;
    this.#place(ticket, isThere ? this.#view.order.placeOf(id) : -1);
  }

  async #placeAt(ticket: number, timeMs: number): Promise<void> {
    const { order } = this.#view;
    const id = order.at(order.placeAt(timeMs));
    const [row] = id === undefined ? [] : await this.#store.rows([id]);
    this.#found(ticket, row);
  }

  #found(ticket: number, row: LogRow | undefined): void {
    const place = row ? this.#placeOf(row) : -1;
    if (row && place >= 0) this.#answer({ kind: 'place', ticket, place, row });
    else this.#place(ticket, -1);
  }

  /** Others may have come before it while it was read, or another filter left it out: then it is -1. */
  #placeOf({ id }: LogRow): number {
    const { order } = this.#view;
    const place = order.placeOf(id);
    return order.at(place) === id ? place : -1;
  }

  #place(ticket: number, place: number): void {
    this.#answer({ kind: 'place', ticket, place: place < this.#view.order.count ? place : -1 });
  }

  #tellSoon(): void {
    if (this.#isClosed) return;
    this.#cancelTell ??= this.#options.clock.after(TELL_EVERY_MS, () => {
      this.#tell();
      // As long as it searches, somebody watches it.
      const { searched, total, slowRegex } = this.#view.progress;
      if (searched < total && slowRegex === undefined) this.#tellSoon();
    });
  }

  #tell(): void {
    this.#cancelTell?.();
    this.#cancelTell = undefined;
    this.#answer({ kind: 'standing', standing: this.#standing() });
  }

  #standing(): LogStanding {
    const { shown, searched, total, slowRegex } = this.#view.progress;
    return {
      ...{ shown, searched, total, forgotten: this.#store.forgotten },
      revision: this.#view.revision,
      ...(slowRegex !== undefined && { slowRegex }),
      ...(this.#badRegex !== undefined && { badRegex: this.#badRegex }),
      counts: this.#store.counts(),
    };
  }

  #answer(answer: LogAnswer): void {
    if (!this.#isClosed) this.#options.answer(answer);
  }
}

/** Of lines in the order of their places, the first that has one of the words, or with -1 the last. */
function fitting(
  rows: readonly LogRow[],
  words: readonly string[],
  step: 1 | -1,
): LogRow | undefined {
  const fits = ({ text }: LogRow): boolean => {
    const lower = text.toLowerCase();
    return words.some((word) => lower.includes(word));
  };
  return step === 1 ? rows.find(fits) : rows.findLast(fits);
}

function exported({ host, text, isGap }: LogRow, withHost: boolean): string {
  const line = isGap ? '--- lines may be missing here ---' : text;
  return withHost ? `${host}  ${line}\n` : `${line}\n`;
}
