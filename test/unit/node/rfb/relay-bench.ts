import { duplexPair, type Duplex } from 'node:stream';
import { expect } from 'vitest';
import { type ClientMessage, writeClientMessage } from '../../../../core/rfb/client-messages.ts';
import type { RfbFailure } from '../../../../core/rfb/rfb-failure.ts';
import { openRfb } from '../../../../node/rfb/open-rfb.ts';
import { RfbReader } from '../../../../node/rfb/rfb-reader.ts';
import { RfbRelay } from '../../../../node/rfb/rfb-relay.ts';
import { ManualTime, settled } from '../../../support/manual-time.ts';
import { ScriptedRfb } from '../../../support/scripted-rfb.ts';

/** The whole screen of the scripted server. */
export const AREA = { x: 0, y: 0, width: 4, height: 2 };
export type Said = Exclude<ClientMessage, { kind: 'ignored' }>;

/** A relay between a page and a server that say what a test wants. */
export class RelayBench {
  readonly server = new ScriptedRfb();
  readonly clock = new ManualTime();
  readonly ends: (RfbFailure | undefined)[] = [];
  readonly #page: Duplex;
  readonly #reader: RfbReader;
  relay!: RfbRelay;

  constructor() {
    const [near, far] = duplexPair();
    this.#page = near;
    this.pageSink = far;
    this.#reader = new RfbReader(near, {
      clock: this.clock,
      timeoutMs: 10_000,
      signal: new AbortController().signal,
    });
  }

  readonly pageSink: Duplex;

  async open(): Promise<void> {
    const opened = openRfb(this.server.near, {
      credentials: {},
      trust: { serverName: 'localhost' },
    });
    await this.server.welcome();
    this.relay = new RfbRelay(
      await opened,
      {
        toPage: (bytes) => this.pageSink.write(bytes),
        onEnd: (failure) => this.ends.push(failure),
      },
      this.clock,
    );
    this.relay.start();
    await this.pageHears(12);
    this.relay.takeFromPage(Buffer.from('RFB 003.008\n'));
    expect([...(await this.pageHears(2))]).toEqual([1, 1]);
    this.relay.takeFromPage(Uint8Array.of(1));
    expect([...(await this.pageHears(4))]).toEqual([0, 0, 0, 0]);
    this.relay.takeFromPage(Uint8Array.of(0));
    await this.pageHears(24 + 'screen'.length);
  }

  pageSays(...messages: readonly Said[]): void {
    for (const message of messages) this.relay.takeFromPage(writeClientMessage(message));
  }

  pageHears(bytes: number): Promise<Buffer> {
    return this.#reader.take(bytes, 'version');
  }

  /** What the page has been sent and nobody took yet. */
  get pageRest(): Buffer {
    const rest: unknown = this.#page.read();
    return Buffer.isBuffer(rest) ? rest : Buffer.alloc(0);
  }

  async serverHears(...messages: readonly Said[]): Promise<void> {
    for (const message of messages) {
      const wanted = writeClientMessage(message);
      expect(await this.server.hear(wanted.length)).toEqual(Buffer.from(wanted));
    }
  }

  async serverHeardNothing(): Promise<void> {
    await settled();
    expect(this.server.far.read()).toBeNull();
  }
}
