import * as v from 'valibot';
import { Addressed, StreamReport } from './stream-messages.ts';

/** Why there is no stream any more that nobody ended and no host. */
export type StreamLoss =
  { readonly code: 'streams-ended' } | { readonly code: 'stream-refused'; readonly detail: string };

/** What main hears of any stream. */
export interface StreamListener {
  /** Whether it was the last that is told of this stream. */
  hear(report: StreamReport): boolean;
  /** The process ended, and the stream with it; or the stream alone, over a fault of ours. */
  lost(why: StreamLoss): void;
}

type Question = Extract<StreamReport, { readonly kind: 'ssh-question' }>;

/** What the streams process asks, and how it is answered; the signal tells that nobody waits. */
export type AnswerSsh = (
  question: Question['question'],
  signal: AbortSignal,
) => Promise<boolean | string | undefined>;

export interface StreamListenersOptions {
  readonly note: (where: string, cause: unknown) => void;
  readonly answer: AnswerSsh;
}

/** Says something to the process that was heard. */
type Say = (order: object) => void;

const MOST_DETAIL = 1000;

/** Who hears what of the streams, by the numbers that main gave them. */
export class StreamListeners {
  readonly #options: StreamListenersOptions;
  readonly #listeners = new Map<number, StreamListener>();
  readonly #questions = new Map<number, AbortController>();
  #count = 0;

  constructor(options: StreamListenersOptions) {
    this.#options = options;
  }

  /** The number of a stream that is about to begin. */
  add(listener: StreamListener): number {
    this.#count += 1;
    this.#listeners.set(this.#count, listener);
    return this.#count;
  }

  /** Whether somebody hears of a stream still. */
  has(id: number): boolean {
    return this.#listeners.has(id);
  }

  forget(id: number): void {
    this.#listeners.delete(id);
  }

  /** Takes what the process says; `say` answers it. */
  hear(message: unknown, say: Say): void {
    const parsed = v.safeParse(StreamReport, message);
    if (!parsed.success) {
      this.#giveUp(message, v.summarize(parsed.issues), say);
      return;
    }
    const report = parsed.output;
    if (report.kind === 'ssh-question') void this.#ask(report, say);
    else if (report.kind === 'ssh-question-over') this.#questions.get(report.id)?.abort();
    else if (report.kind === 'stream-broke') this.#broke(report.id, report.detail);
    else if (this.#listeners.get(report.id)?.hear(report)) this.#listeners.delete(report.id);
  }

  /** The process has ended, and all streams with it. */
  lost(): void {
    for (const aborter of this.#questions.values()) aborter.abort();
    this.#questions.clear();
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const listener of listeners) listener.lost({ code: 'streams-ended' });
  }

  /** A host may say more than crosses: whoever waits for what it said is not to wait for ever. */
  #giveUp(message: unknown, detail: string, say: Say): void {
    const of = v.safeParse(Addressed, message);
    if (!of.success) {
      this.#options.note('streams', detail);
      return;
    }
    const { id, kind } = of.output;
    if (kind === 'ssh-question') {
      this.#options.note('streams', `A question that is none: ${detail}`);
      say({ kind: 'answer-ssh', id });
      return;
    }
    say({ kind: 'close', id });
    this.#broke(id, `${kind}: ${detail}`.slice(0, MOST_DETAIL));
  }

  /** A bug of ours, which is on record; the stream has ended for it. */
  #broke(id: number, detail: string): void {
    this.#options.note('streams', `A stream was given up: ${detail}`);
    const listener = this.#listeners.get(id);
    this.#listeners.delete(id);
    listener?.lost({ code: 'stream-refused', detail });
  }

  async #ask({ id, question }: Question, say: Say): Promise<void> {
    const aborter = new AbortController();
    this.#questions.set(id, aborter);
    const answer = await this.#options.answer(question, aborter.signal).catch((cause: unknown) => {
      this.#options.note('streams', cause);
      return undefined;
    });
    // Another process may have asked a question of its own under this number.
    if (this.#questions.get(id) === aborter) this.#questions.delete(id);
    if (!aborter.signal.aborted) say({ kind: 'answer-ssh', id, answer });
  }
}
