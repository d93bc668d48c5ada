import {
  MessageChannelMain,
  utilityProcess,
  type MessagePortMain,
  type UtilityProcess,
} from 'electron';
import path from 'node:path';
import * as v from 'valibot';
import type { ConsoleFailure } from '../../core/domain/console-failure.ts';
import { type OpenConsoleOrder, type StreamOrder, StreamReport } from './stream-messages.ts';

const ENTRY = path.join(import.meta.dirname, 'streams.js');

/** What main hears of a console. */
export interface ConsoleListener {
  opened(report: Extract<StreamReport, { readonly kind: 'console-open' }>): void;
  traffic(report: Extract<StreamReport, { readonly kind: 'traffic' }>['traffic']): void;
  /** Told once. */
  ended(failure: ConsoleFailure): void;
}

type Wish = Omit<OpenConsoleOrder, 'kind' | 'id'>;
type WithoutId<Order> = Order extends unknown ? Omit<Order, 'id'> : never;

/** Why there is no stream any more that nobody ended and no host. */
export type StreamLoss =
  { readonly code: 'streams-ended' } | { readonly code: 'stream-refused'; readonly detail: string };

/** What main hears of any stream. */
export interface StreamListener {
  /** Whether it was the last that is told of this stream. */
  hear(report: StreamReport): boolean;
  /** The process ended, and the stream with it; or it ended this stream, for an order that is none. */
  lost(why: StreamLoss): void;
}

/** What the streams process asks, and how it is answered; the signal tells that nobody waits. */
export type AnswerSsh = (
  question: Extract<StreamReport, { readonly kind: 'ssh-question' }>['question'],
  signal: AbortSignal,
) => Promise<boolean | string | undefined>;

export interface StreamsOptions {
  readonly note: (where: string, cause: unknown) => void;
  /** The file of the host keys that the user trusts. */
  readonly knownHosts: string;
  readonly answer: AnswerSsh;
}

/**
 * The process that holds the connections to screens. It is started at first use, and anew after it
 * ended, whatever ended it; what it held is told as ended.
 */
export class Streams {
  readonly #options: StreamsOptions;
  readonly #listeners = new Map<number, StreamListener>();
  readonly #questions = new Map<number, AbortController>();
  #child: UtilityProcess | undefined;
  #count = 0;

  constructor(options: StreamsOptions) {
    this.#options = options;
  }

  /** Opens a console. Returns its number, and the port that is to be handed to the page. */
  openConsole(
    wish: Wish,
    listener: ConsoleListener,
  ): { readonly id: number; readonly port: MessagePortMain } {
    return this.openPort({ kind: 'open-console', ...wish }, consoleListener(listener));
  }

  /** Begins a stream whose bytes go to a page. Returns its number, and the port for the page. */
  openPort(
    order: WithoutId<StreamOrder>,
    listener: StreamListener,
  ): { readonly id: number; readonly port: MessagePortMain } {
    const { port1, port2 } = new MessageChannelMain();
    return { id: this.open(order, listener, port1), port: port2 };
  }

  /** Begins a stream and returns its number; `port` is the end that the process is to have. */
  open(order: WithoutId<StreamOrder>, listener: StreamListener, port?: MessagePortMain): number {
    const id = (this.#count += 1);
    this.#listeners.set(id, listener);
    this.#process().postMessage({ ...order, id }, port === undefined ? [] : [port]);
    return id;
  }

  /** Says something to an open stream; one that has ended hears nothing. */
  tell(id: number, order: WithoutId<StreamOrder>): void {
    if (this.#listeners.has(id)) this.#child?.postMessage({ ...order, id });
  }

  stop(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill();
  }

  #process(): UtilityProcess {
    if (this.#child) return this.#child;
    const child = utilityProcess.fork(ENTRY, [this.#options.knownHosts], {
      serviceName: 'Archipel streams',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    child.on('message', (message: unknown) => this.#hear(child, message));
    child.stderr?.on('data', (chunk: Buffer) =>
      this.#options.note('streams', chunk.toString('utf8')),
    );
    child.once('exit', (code) => this.#lost(child, code));
    return child;
  }

  #hear(child: UtilityProcess, message: unknown): void {
    const parsed = v.safeParse(StreamReport, message);
    if (!parsed.success) {
      this.#options.note('streams', v.summarize(parsed.issues));
      return;
    }
    const report = parsed.output;
    if (report.kind === 'ssh-question') void this.#ask(child, report);
    else if (report.kind === 'ssh-question-over') this.#questions.get(report.id)?.abort();
    else if (report.kind === 'order-refused') this.#refused(report.id, report.detail);
    else if (this.#listeners.get(report.id)?.hear(report)) this.#listeners.delete(report.id);
  }

  /** A bug of ours, which is on record; the stream has ended for it. */
  #refused(id: number, detail: string): void {
    this.#options.note('streams', `An order was refused: ${detail}`);
    const listener = this.#listeners.get(id);
    this.#listeners.delete(id);
    listener?.lost({ code: 'stream-refused', detail });
  }

  async #ask(
    child: UtilityProcess,
    { id, question }: Extract<StreamReport, { readonly kind: 'ssh-question' }>,
  ): Promise<void> {
    const aborter = new AbortController();
    this.#questions.set(id, aborter);
    const answer = await this.#options.answer(question, aborter.signal).catch((cause: unknown) => {
      this.#options.note('streams', cause);
      return undefined;
    });
    // Another process would take the number for a question of its own.
    if (this.#child !== child) return;
    this.#questions.delete(id);
    if (!aborter.signal.aborted) child.postMessage({ kind: 'answer-ssh', id, answer });
  }

  #lost(child: UtilityProcess, code: number): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#options.note('streams', `The streams process ended with exit code ${code}`);
    for (const aborter of this.#questions.values()) aborter.abort();
    this.#questions.clear();
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const listener of listeners) listener.lost({ code: 'streams-ended' });
  }
}

function consoleListener(listener: ConsoleListener): StreamListener {
  return {
    lost: (why) => listener.ended(why),
    hear(report) {
      if (report.kind === 'console-open') listener.opened(report);
      else if (report.kind === 'traffic') listener.traffic(report.traffic);
      else if (report.kind === 'console-ended') listener.ended(report.failure);
      return report.kind === 'console-ended';
    },
  };
}
