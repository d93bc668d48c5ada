import { SvelteMap } from 'svelte/reactivity';
import type { LogSourceState, LogState } from '../../../core/contract/logs.ts';
import type { AppError } from '../../../core/contract/app-error.ts';
import type { EntityId } from '../../../core/domain/entity.ts';
import type { LogRow } from '../../../core/logs/log-page.ts';
import {
  type LogAnswer,
  type LogRequest,
  type LogStanding,
  type LogWish,
  MOST_ROWS,
} from '../../../core/logs/log-port.ts';
import type { LogStore } from '../../state/log-store.ts';

const PAGE = 200;
const MOST_PAGES = 60;

interface Page {
  readonly rows: readonly LogRow[];
  readonly revision: number;
}

/** A line and the place that it has. */
export interface FoundLine {
  readonly place: number;
  readonly row: LogRow;
}

/** An open log as a panel sees it: how it stands, and the lines that are in sight. */
export class LogSession {
  readonly #logs: LogStore;
  readonly #pages = new SvelteMap<number, Page>();
  readonly #asked = new Map<number, number>();
  readonly #tickets = new Map<number, (answer: LogAnswer) => void>();
  #port: MessagePort | undefined;
  #key = '';
  #opening = $state(0);
  #ticket = 0;
  #filter: LogWish = {};
  #patterns: readonly string[] = [];
  #standing = $state.raw<LogStanding>();
  #sources = $state.raw<readonly LogSourceState[]>([]);
  #error = $state.raw<AppError>();

  constructor(logs: LogStore) {
    this.#logs = logs;
  }

  get standing(): LogStanding | undefined {
    return this.#standing;
  }

  get sources(): readonly LogSourceState[] {
    return this.#sources;
  }

  /** Which time it is that logs were opened here: lines have other numbers each time. */
  get opening(): number {
    return this.#opening;
  }

  /** Why it has ended. */
  get error(): AppError | undefined {
    return this.#error;
  }

  /** Opens the logs of hypervisors until the returned function is called. */
  open(entities: readonly EntityId[]): () => void {
    this.#opening += 1;
    this.#error = undefined;
    this.#standing = undefined;
    this.#forget();
    this.#key = this.#logs.open(entities, {
      changed: (state) => this.#changed(state),
      connected: (port) => this.#connect(port),
    });
    return () => {
      this.#logs.close(this.#key);
      this.#port?.close();
      this.#port = undefined;
      // Nobody will answer any more.
      for (const [ticket, settle] of this.#tickets) settle(nothing(ticket));
      this.#tickets.clear();
    };
  }

  /** A line at a place among those that are shown; undefined while it is on its way. */
  row(place: number): LogRow | undefined {
    return this.#pages.get(Math.floor(place / PAGE))?.rows[place % PAGE];
  }

  /** Asks for the lines in sight, as far as they are not there. */
  want(start: number, end: number): void {
    const { shown = 0, revision = 0 } = this.#standing ?? {};
    for (let page = Math.floor(start / PAGE); page * PAGE < Math.min(end, shown); page += 1) {
      const held = this.#pages.get(page);
      const whole = Math.min(PAGE, shown - page * PAGE);
      if (held?.revision === revision && held.rows.length >= whole) continue;
      if (this.#asked.has(page)) continue;
      this.#asked.set(page, this.#ticket + 1);
      this.#ask(page);
    }
  }

  filter(wish: LogWish): void {
    this.#filter = wish;
    this.#forget();
    this.#send({ kind: 'filter', filter: wish });
  }

  watch(patterns: readonly string[]): void {
    this.#patterns = patterns;
    this.#send({ kind: 'patterns', patterns: [...patterns] });
  }

  /** The last line that is not after a moment; the first where all are, undefined where there is none. */
  seek(timeMs: number): Promise<FoundLine | undefined> {
    return this.#found({ kind: 'seek-time', timeMs });
  }

  /** The place of a line, by its number. */
  async placeOf(id: number): Promise<number> {
    const answer = await this.#demand({ kind: 'seek-line', id });
    return answer.kind === 'place' ? answer.place : -1;
  }

  /** The next line, or with -1 the one before, that has one of these words; of all lines without a place. */
  find(
    words: readonly string[],
    from: number | undefined,
    step: 1 | -1,
  ): Promise<FoundLine | undefined> {
    return this.#found({ kind: 'find', words: [...words], from, step });
  }

  /** Lines from one place up to another, at most a thousand. */
  async lines(from: number, to: number): Promise<readonly LogRow[]> {
    const count = Math.min(MOST_ROWS, to - from);
    if (count < 1) return [];
    const answer = await this.#demand({ kind: 'rows', from, count });
    return answer.kind === 'rows' ? answer.rows : [];
  }

  save(which: 'shown' | 'all', name: string): ReturnType<LogStore['save']> {
    return this.#logs.save(this.#key, which, name);
  }

  askNow(): void {
    this.#logs.askNow(this.#key);
  }

  #changed(state: LogState): void {
    if (state.name === 'open') this.#sources = state.sources;
    else this.#error = state.error;
  }

  #connect(port: MessagePort): void {
    this.#port = port;
    // The streams process is ours and says only what the types say.
    port.onmessage = ({ data }: MessageEvent<LogAnswer>) => this.#hear(data);
    this.#send({ kind: 'filter', filter: this.#filter });
    this.watch(this.#patterns);
  }

  #hear(answer: LogAnswer): void {
    if (answer.kind === 'standing') {
      this.#standing = answer.standing;
      return;
    }
    const settle = this.#tickets.get(answer.ticket);
    this.#tickets.delete(answer.ticket);
    settle?.(answer);
  }

  #ask(page: number): void {
    const from = page * PAGE;
    void this.#demand({ kind: 'rows', from, count: PAGE }, page).then((answer) => {
      if (answer.kind === 'standing' || this.#asked.get(page) !== answer.ticket) return;
      this.#asked.delete(page);
      if (answer.kind !== 'rows') return;
      this.#pages.delete(page);
      this.#pages.set(page, answer);
      const [oldest] = this.#pages.keys();
      if (this.#pages.size > MOST_PAGES && oldest !== undefined) this.#pages.delete(oldest);
    });
  }

  async #found(wish: WithoutTicket<LogRequest>): Promise<FoundLine | undefined> {
    const answer = await this.#demand(wish);
    if (answer.kind !== 'place' || !answer.row) return undefined;
    return { place: answer.place, row: answer.row };
  }

  #demand(wish: WithoutTicket<LogRequest>, page?: number): Promise<LogAnswer> {
    const ticket = (this.#ticket += 1);
    if (page !== undefined) this.#asked.set(page, ticket);
    if (!this.#port) return Promise.resolve(nothing(ticket));
    return new Promise((resolve) => {
      this.#tickets.set(ticket, resolve);
      this.#send({ ...wish, ticket });
    });
  }

  #send(request: LogRequest): void {
    this.#port?.postMessage(request);
  }

  /** What is on its way belongs to the filter before. */
  #forget(): void {
    this.#pages.clear();
    this.#asked.clear();
  }
}

/** What is answered where no log is open. */
function nothing(ticket: number): LogAnswer {
  return { kind: 'place', ticket, place: -1 };
}

type WithoutTicket<R> = R extends { readonly ticket: number } ? Omit<R, 'ticket'> : never;
