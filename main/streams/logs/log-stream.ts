import * as v from 'valibot';
import { LogGathering, type GatheredLine } from '../../../client/logs/log-gathering.ts';
import { LogFeed } from '../../../client/logs/store/log-feed.ts';
import { sweepSpillFiles } from '../../../client/logs/store/spill-file.ts';
import { LogRequest } from '../../../core/logs/log-port.ts';
import { LogLineReader } from '../../../core/logs/log-line.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import type { BytePort } from '../port-flow.ts';
import type { SshPool } from '../ssh/ssh-pool.ts';
import type { StreamOrder, StreamReport } from '../stream-messages.ts';
import { leased } from './leased.ts';

type OpenOrder = Extract<StreamOrder, { readonly kind: 'open-log' }>;
type LinesOrder = Extract<StreamOrder, { readonly kind: 'log-lines' }>;
type SaveOrder = Extract<StreamOrder, { readonly kind: 'save-log' }>;
type RetryOrder = Extract<StreamOrder, { readonly kind: 'retry-log' }>;
/** What main says to a log that is open. */
export type LogOrder = LinesOrder | SaveOrder | RetryOrder;
type LogReport = Extract<StreamReport, { readonly kind: `log-${string}` }>;

export interface LogStreamPorts {
  readonly port: BytePort;
  readonly pool: Pick<SshPool, 'acquire'>;
  readonly report: (report: LogReport) => void;
}

/** How much of what was there before is read of each host. */
const FIRST_LINES = 100_000;
/** Of a line that raises a notice. */
const MOST_TOLD = 500;

/** The logs that one panel shows: followed over SSH, or brought by main, and asked for by the page. */
export class LogStream {
  readonly #order: OpenOrder;
  readonly #ports: LogStreamPorts;
  readonly #feed: LogFeed;
  readonly #gathering: LogGathering;
  readonly #readers = new Map<string, LogLineReader>();
  #isCaughtUp = false;

  constructor(order: OpenOrder, ports: LogStreamPorts) {
    this.#order = order;
    this.#ports = ports;
    sweepSpillFiles(order.folder);
    this.#feed = new LogFeed({
      folder: order.folder,
      clock: systemClock,
      answer: (answer) => ports.port.postMessage(answer),
      failed: (cause) => this.#fail(cause),
      noticed: (pattern, host, text) => {
        const { id } = order;
        ports.report({ kind: 'log-noticed', id, pattern, host, text: text.slice(0, MOST_TOLD) });
      },
    });
    this.#gathering = this.#gather();
  }

  start(): void {
    if (this.#order.hosts.length === 0) return;
    this.#gathering.run().catch((cause: unknown) => this.#fail(cause));
  }

  /** Takes a message of the page; what is none is dropped. */
  takeFromPage(message: unknown): void {
    const request = v.safeParse(LogRequest, message);
    if (!request.success) return;
    this.#feed.obey(request.output).catch((cause: unknown) => this.#fail(cause));
  }

  /** Does what main says. */
  obey(order: LogOrder): void {
    if (order.kind === 'log-lines') this.#take(order);
    else if (order.kind === 'retry-log') this.#gathering.retryNow();
    else void this.#save(order);
  }

  async close(): Promise<void> {
    this.#gathering.stop();
    await this.#feed.close();
    this.#ports.port.close();
  }

  #gather(): LogGathering {
    const { hosts, id } = this.#order;
    const { pool, report } = this.#ports;
    const sources = hosts.map(({ name, file, target }) => ({
      ...{ name, file },
      connect: async (signal: AbortSignal) => leased(await pool.acquire(target, signal)),
    }));
    const listener: ConstructorParameters<typeof LogGathering>[2] = {
      lines: (lines) => this.#feed.take(lines, !this.#isCaughtUp),
      state: (name, state) => {
        // The errors of a follower are all of SSH; main parses them as such.
        report({ kind: 'log-host', id, name, state } as LogReport);
      },
      caughtUp: () => (this.#isCaughtUp = true),
    };
    const from = { kind: 'last-lines', count: FIRST_LINES } as const;
    return new LogGathering(sources, from, listener, { clock: systemClock, random: Math.random });
  }

  #take({ name, lines, isGap, isPast, zoneMinutes }: LinesOrder): void {
    const reader = this.#readers.get(name) ?? new LogLineReader();
    this.#readers.set(name, reader);
    reader.zoneMinutes = zoneMinutes;
    const read = lines.map((raw): GatheredLine => {
      const line = reader.read(raw);
      return { source: name, line, timeMs: line.timeMs };
    });
    const gap: GatheredLine = { source: name, line: undefined, timeMs: undefined };
    void this.#feed.take(isGap ? [gap, ...read] : read, isPast);
  }

  async #save({ ticket, file, which }: SaveOrder): Promise<void> {
    const { report } = this.#ports;
    const { id } = this.#order;
    try {
      const lines = await this.#feed.writeTo(file, which);
      report({ kind: 'log-saved', id, ticket, lines });
    } catch (cause) {
      report({ kind: 'log-saved', id, ticket, lines: 0, failure: wordsOf(cause) });
    }
  }

  #fail(cause: unknown): void {
    this.#ports.report({ kind: 'log-failed', id: this.#order.id, detail: wordsOf(cause) });
    void this.close();
  }
}

/** Whether an order is for an open log. */
export function isLogOrder(order: StreamOrder): order is LogOrder {
  return order.kind === 'log-lines' || order.kind === 'save-log' || order.kind === 'retry-log';
}

function wordsOf(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).slice(0, 1000);
}
