import { printable } from '../../core/rfb/handshake.ts';
import { type RfbFailure, RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import { openRfb, type RfbConnection } from '../../node/rfb/open-rfb.ts';
import { RfbRelay } from '../../node/rfb/rfb-relay.ts';
import { reachByWays } from '../../node/rfb/reach-ways.ts';
import { systemClock } from '../../node/xmpp/clock.ts';
import { type BytePort, PortFlow } from './port-flow.ts';
import type { SshPool } from './ssh/ssh-pool.ts';
import { tunnelThrough } from './ssh/tunnel-through.ts';
import type { ConsoleOrder, OpenConsoleOrder, StreamReport } from './stream-messages.ts';

const ANSWER_TIMEOUT_MS = 15_000;
const TRAFFIC_EVERY_MS = 1_000;

/** A console between a server and a page's port, in the streams process. */
export class ConsoleStream {
  readonly #order: OpenConsoleOrder;
  readonly #pool: SshPool;
  readonly #flow: PortFlow;
  readonly #port: BytePort;
  readonly #report: (report: StreamReport) => void;
  readonly #aborter = new AbortController();
  #relay: RfbRelay | undefined;
  #timer: NodeJS.Timeout | undefined;
  #rate: 'full' | 'slow' | 'none' = 'full';
  #hasEnded = false;

  constructor(
    order: OpenConsoleOrder,
    port: BytePort,
    report: (report: StreamReport) => void,
    pool: SshPool,
  ) {
    this.#order = order;
    this.#pool = pool;
    this.#port = port;
    this.#report = report;
    this.#flow = new PortFlow(port, (isPaused) => this.#relay?.setPaused(isPaused));
  }

  async open(): Promise<void> {
    try {
      const [connection, way] = await this.#connect();
      this.#begin(connection, way);
    } catch (cause) {
      if (!(cause instanceof RfbFailureError)) throw cause;
      this.#end(cause.failure);
    }
  }

  /** Takes a message of the page. */
  takeFromPage(message: unknown): void {
    const bytes = this.#flow.receive(message);
    if (bytes !== undefined) this.#relay?.takeFromPage(bytes);
  }

  /** Does what main says. */
  obey(order: ConsoleOrder): void {
    switch (order.kind) {
      case 'set-rate':
        this.#rate = order.rate;
        this.#relay?.setRate(order.rate);
        return;
      case 'press':
        for (const { isDown, keysym, scancode } of order.strokes) {
          const code = scancode === undefined ? {} : { scancode };
          this.#relay?.sendKey({ isDown, keysym, ...code });
        }
        return;
      case 'release-keys':
        this.#relay?.releaseKeys();
        return;
      case 'close':
        this.close();
    }
  }

  /** Leaves the server, with all keys released. */
  close(): void {
    this.#aborter.abort();
    this.#relay?.end();
    this.#end({ code: 'cancelled' });
  }

  async #connect(): Promise<readonly [RfbConnection, number]> {
    const { signal } = this.#aborter;
    const patience = { clock: systemClock, timeoutMs: ANSWER_TIMEOUT_MS, signal };
    const { ways, credentials, host } = this.#order;
    const tunnel = host && tunnelThrough(this.#pool, host, signal);
    const { duplex, trust, index } = await reachByWays(ways, patience, tunnel);
    return [await openRfb(duplex, { ...patience, trust, credentials }), index];
  }

  #begin(connection: RfbConnection, way: number): void {
    if (this.#hasEnded) {
      connection.duplex.destroy();
      return;
    }
    const relay = new RfbRelay(
      connection,
      {
        toPage: (bytes) => this.#flow.send(bytes),
        onEnd: (failure) => this.#end(failure ?? { code: 'cancelled' }),
      },
      systemClock,
    );
    this.#relay = relay;
    const { id } = this.#order;
    const { security } = connection;
    const title = printable(Buffer.from(connection.init.name).toString('utf8'));
    this.#report({ kind: 'console-open', id, way, security, title });
    relay.setRate(this.#rate);
    relay.start();
    this.#timer = setInterval(() => this.#tellTraffic(relay), TRAFFIC_EVERY_MS);
  }

  #tellTraffic({ traffic }: RfbRelay): void {
    const { reactionMs, quickestMs, ...counts } = traffic;
    const reaction = reactionMs === undefined ? {} : { reactionMs };
    const quickest = quickestMs === undefined ? {} : { quickestMs };
    const { id } = this.#order;
    this.#report({ kind: 'traffic', id, traffic: { ...counts, ...reaction, ...quickest } });
  }

  #end(failure: RfbFailure): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearInterval(this.#timer);
    this.#report({ kind: 'console-ended', id: this.#order.id, failure });
    this.#port.close();
  }
}
