import {
  MessageChannelMain,
  utilityProcess,
  type MessagePortMain,
  type UtilityProcess,
} from 'electron';
import path from 'node:path';
import * as v from 'valibot';
import type { ConsoleFailure } from '../../core/domain/console-failure.ts';
import { type ConsoleOrder, type OpenConsoleOrder, StreamReport } from './stream-messages.ts';

const ENTRY = path.join(import.meta.dirname, 'streams.js');

/** What main hears of a console. */
export interface ConsoleListener {
  opened(report: Extract<StreamReport, { readonly kind: 'console-open' }>): void;
  traffic(report: Extract<StreamReport, { readonly kind: 'traffic' }>['traffic']): void;
  /** Told once. */
  ended(failure: ConsoleFailure): void;
}

type Wish = Omit<OpenConsoleOrder, 'kind' | 'id'>;
type Order = ConsoleOrder extends infer One
  ? One extends ConsoleOrder
    ? Omit<One, 'id'>
    : never
  : never;

/**
 * The process that holds the connections to screens. It is started at first use, and anew after it
 * ended, whatever ended it; what it held is told as ended.
 */
export class Streams {
  readonly #note: (where: string, cause: unknown) => void;
  readonly #listeners = new Map<number, ConsoleListener>();
  #child: UtilityProcess | undefined;
  #count = 0;

  constructor(note: (where: string, cause: unknown) => void) {
    this.#note = note;
  }

  /** Opens a console. Returns its number, and the port that is to be handed to the page. */
  openConsole(
    wish: Wish,
    listener: ConsoleListener,
  ): { readonly id: number; readonly port: MessagePortMain } {
    const { port1, port2 } = new MessageChannelMain();
    const id = (this.#count += 1);
    this.#listeners.set(id, listener);
    this.#process().postMessage({ kind: 'open-console', id, ...wish }, [port1]);
    return { id, port: port2 };
  }

  /** Says something to an open console; one that has ended hears nothing. */
  tell(id: number, order: Order): void {
    if (this.#listeners.has(id)) this.#child?.postMessage({ ...order, id });
  }

  stop(): void {
    const child = this.#child;
    this.#child = undefined;
    child?.kill();
  }

  #process(): UtilityProcess {
    if (this.#child) return this.#child;
    const child = utilityProcess.fork(ENTRY, [], {
      serviceName: 'Archipel streams',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    child.on('message', (message: unknown) => this.#hear(message));
    child.stderr?.on('data', (chunk: Buffer) => this.#note('streams', chunk.toString('utf8')));
    child.once('exit', (code) => this.#lost(child, code));
    return child;
  }

  #hear(message: unknown): void {
    const report = v.safeParse(StreamReport, message);
    if (!report.success) {
      this.#note('streams', v.summarize(report.issues));
      return;
    }
    const { output } = report;
    const listener = this.#listeners.get(output.id);
    if (output.kind === 'console-open') listener?.opened(output);
    else if (output.kind === 'traffic') listener?.traffic(output.traffic);
    else this.#end(output.id, output.failure);
  }

  #lost(child: UtilityProcess, code: number): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#note('streams', `The streams process ended with exit code ${code}`);
    for (const id of [...this.#listeners.keys()]) this.#end(id, { code: 'streams-ended' });
  }

  #end(id: number, failure: ConsoleFailure): void {
    const listener = this.#listeners.get(id);
    this.#listeners.delete(id);
    listener?.ended(failure);
  }
}
