import {
  MessageChannelMain,
  utilityProcess,
  type MessagePortMain,
  type UtilityProcess,
} from 'electron';
import path from 'node:path';
import type { ConsoleFailure } from '../../core/domain/console-failure.ts';
import type { OpenConsoleOrder, StreamOrder, StreamReport } from './stream-messages.ts';
import { StreamListeners, type AnswerSsh, type StreamListener } from './stream-listeners.ts';

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
  readonly #listeners: StreamListeners;
  #child: UtilityProcess | undefined;

  constructor(options: StreamsOptions) {
    this.#options = options;
    this.#listeners = new StreamListeners(options);
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
    const id = this.#listeners.add(listener);
    this.#process().postMessage({ ...order, id }, port === undefined ? [] : [port]);
    return id;
  }

  /** Says something to an open stream; one that has ended hears nothing. */
  tell(id: number, order: WithoutId<StreamOrder>): void {
    if (this.#listeners.has(id)) this.#child?.postMessage({ ...order, id });
  }

  /** Ends a stream of which nothing more is to be heard. */
  end(id: number): void {
    this.tell(id, { kind: 'close' });
    this.#listeners.forget(id);
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
    const say = (order: object): void => child.postMessage(order);
    child.on('message', (message: unknown) => this.#listeners.hear(message, say));
    child.stderr?.on('data', (chunk: Buffer) =>
      this.#options.note('streams', chunk.toString('utf8')),
    );
    child.once('exit', (code) => this.#lost(child, code));
    return child;
  }

  #lost(child: UtilityProcess, code: number): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#options.note('streams', `The streams process ended with exit code ${code}`);
    this.#listeners.lost();
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
