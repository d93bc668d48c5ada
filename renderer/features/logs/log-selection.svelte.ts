import type { LogRow } from '../../../core/logs/log-page.ts';
import type { LogSession } from './log-session.svelte.ts';

type Lines = Pick<LogSession, 'opening' | 'row' | 'lines' | 'placeOf'>;

/** A line that is held, at whatever place it is after others came before it; none once the log is opened anew. */
class LogAnchor {
  readonly #lines: Lines;
  #place = $state(-1);
  /** Undefined while it is on its way. */
  row = $state.raw<LogRow>();
  /** When it was set: numbers of lines mean nothing in another opening. */
  #opening = $state(0);
  #loading: Promise<void> | undefined;

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  get place(): number {
    return this.#opening === this.#lines.opening ? this.#place : -1;
  }

  /** Without the line, it is what stands at that place now, or once it has come. */
  set(place: number, row?: LogRow): void {
    this.#opening = this.#lines.opening;
    this.#place = place;
    this.row = place < 0 ? undefined : (row ?? this.#lines.row(place));
    this.#loading = place < 0 || this.row ? undefined : this.#load(place);
  }

  /** The line, once it is there; undefined where it never comes. */
  async arrived(): Promise<LogRow | undefined> {
    await this.#loading;
    return this.row;
  }

  /** Finds its place anew; -1 once the line is shown no more. */
  async follow(): Promise<void> {
    const row = await this.arrived();
    if (!row || this.#opening !== this.#lines.opening) return;
    const place = await this.#lines.placeOf(row.id);
    if (this.row === row) this.#place = place;
  }

  async #load(place: number): Promise<void> {
    const [row] = await this.#lines.lines(place, place + 1);
    if (this.#place === place && !this.row) this.row = row;
  }
}

/** The lines of a log that are chosen, and the one that stands for the shared moment. */
export class LogSelection {
  readonly #first: LogAnchor;
  readonly #last: LogAnchor;
  readonly #moment: LogAnchor;

  constructor(lines: Lines) {
    this.#first = new LogAnchor(lines);
    this.#last = new LogAnchor(lines);
    this.#moment = new LogAnchor(lines);
  }

  /** The places where choosing began and where it ended; undefined while nothing is chosen. */
  get chosen(): readonly [from: number, to: number] | undefined {
    const [from, to] = [this.#first.place, this.#last.place];
    return from < 0 || to < 0 ? undefined : [from, to];
  }

  /** The line that was chosen last, once it is there. */
  get last(): LogRow | undefined {
    return this.chosen && this.#last.row;
  }

  /** The one line that is chosen. */
  get only(): LogRow | undefined {
    return this.#first.place === this.#last.place ? this.last : undefined;
  }

  /** The line that was chosen last; one that is far from those in sight has to come first. */
  async arrived(): Promise<LogRow | undefined> {
    await this.#last.arrived();
    return this.last;
  }

  /** The place of the line that stands for the shared moment, or -1. */
  get moment(): number {
    return this.#moment.place;
  }

  /** Chooses a line, or all from where choosing began up to it; `row` is the line, where it is known. */
  choose(place: number, extend: boolean, row?: LogRow): void {
    if (!extend || this.#first.place < 0) this.#first.set(place, row);
    this.#last.set(place, row);
  }

  forget(): void {
    this.#first.set(-1);
    this.#last.set(-1);
  }

  mark(place: number, row?: LogRow): void {
    this.#moment.set(place, row);
  }

  /** Finds anew where its lines are, after others came or went. */
  async follow(): Promise<void> {
    await Promise.all([this.#first, this.#last, this.#moment].map((anchor) => anchor.follow()));
  }
}
