import type { Logger } from '../log/logger.ts';
import type { ProxyEvent } from './websocket-proxy.ts';

/** Refusals for the same reason are told once in this time. */
const PERIOD_MS = 60_000;
/** Of so many reasons; all others count as one. */
const MOST_REASONS = 20;

interface Told {
  readonly at: number;
  more: number;
}

/**
 * Writes into the log what happens at a proxy. Refusals, which anybody can cause in masses, are told
 * once a minute for each reason, with how many there were since.
 */
export class ProxyLog {
  readonly #logger: Pick<Logger, 'info'>;
  readonly #now: () => number;
  readonly #told = new Map<string, Told>();

  /** `now` gives milliseconds that only ever grow. */
  constructor(logger: Pick<Logger, 'info'>, now: () => number = () => performance.now()) {
    this.#logger = logger;
    this.#now = now;
  }

  readonly write = (event: ProxyEvent): void => {
    const more = event.what === 'refused' ? this.#takeMore(event.reason) : '';
    if (more !== undefined) this.#logger.info(`VNC ${eventLine(event)}${more}`);
  };

  /** The proxy is gone: tells how many refusals were not told yet. */
  end(): void {
    for (const [reason, { more }] of this.#told) {
      if (more > 0) this.#logger.info(`VNC refused ${more} more: ${reason}`);
    }
    this.#told.clear();
  }

  /** What is to be said of those that were not told before; undefined: this one is not told either. */
  #takeMore(reason: string): string | undefined {
    const isOneMore = this.#told.has(reason) || this.#told.size < MOST_REASONS;
    const name = isOneMore ? reason : 'for other reasons';
    const told = this.#told.get(name);
    if (told && this.#now() - told.at < PERIOD_MS) {
      told.more += 1;
      return undefined;
    }
    this.#told.set(name, { at: this.#now(), more: 0 });
    return told && told.more > 0 ? ` (and ${told.more} more since the last)` : '';
  }
}

function eventLine(event: ProxyEvent): string {
  switch (event.what) {
    case 'opened':
      return `opened for ${event.client}`;
    case 'closed': {
      const { bytesFromClient, bytesToClient, end } = event.tally;
      return `closed for ${event.client} (${end}): ${bytesFromClient} bytes in, ${bytesToClient} out`;
    }
    case 'refused':
      return `refused ${event.client}: ${event.reason}`;
  }
}
