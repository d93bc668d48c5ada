import { duplexPair, type Duplex } from 'node:stream';
import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type ClientMessage, writeClientMessage } from '../../../../core/rfb/client-messages.ts';
import { ENCODING } from '../../../../core/rfb/encodings.ts';
import { u32 } from '../../../../core/rfb/integers.ts';
import type { RfbFailure } from '../../../../core/rfb/rfb-failure.ts';
import { writeSign, writeUpdate } from '../../../../core/rfb/server-messages.ts';
import type { ServerEvent } from '../../../../core/rfb/server-walk.ts';
import { openRfb } from '../../../../node/rfb/open-rfb.ts';
import { RfbReader } from '../../../../node/rfb/rfb-reader.ts';
import { RfbRelay } from '../../../../node/rfb/rfb-relay.ts';
import { ManualTime, settled } from '../../../support/manual-time.ts';
import { ScriptedRfb } from '../../../support/scripted-rfb.ts';

const AREA = { x: 0, y: 0, width: 4, height: 2 };
type Said = Exclude<ClientMessage, { kind: 'ignored' }>;

class Bench {
  readonly server = new ScriptedRfb();
  readonly clock = new ManualTime();
  readonly events: ServerEvent[] = [];
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
        onEvent: (event) => this.events.push(event),
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

const request: Said = { kind: 'update-request', isIncremental: true, area: AREA };
const everything: Said = { ...request, isIncremental: false };
const key = (isDown: boolean, keysym: number, scancode?: number): Said => ({
  kind: 'key',
  key: { isDown, keysym, ...(scancode !== undefined && { scancode }) },
});

describe('the relay between a page and a server', () => {
  let bench: Bench;
  const begin = async (): Promise<Bench> => {
    bench = new Bench();
    await bench.open();
    return bench;
  };
  afterEach(() => bench.relay.end());

  it('passes what both say', async () => {
    await begin();
    const pointer: Said = { kind: 'pointer', buttons: 1, x: 3, y: 1 };
    bench.pageSays(everything, pointer);
    await bench.serverHears(everything, pointer);
    const update = writeUpdate([
      { area: AREA, encoding: ENCODING.raw, body: new Uint8Array(32).fill(5) },
    ]);
    bench.server.say(update);
    expect(await bench.pageHears(update.length)).toEqual(Buffer.from(update));
    expect(bench.events).toEqual([{ kind: 'updated' }]);
  });

  it('asks for no encoding whose end it does not know', async () => {
    await begin();
    const asked = [7, 50, 21, 16, 0, -313, -312, -309, -316, -258, -26, 0x574d5664];
    bench.pageSays({ kind: 'encodings', encodings: asked });
    await bench.serverHears({ kind: 'encodings', encodings: [7, 16, 0, -258, -26] });
  });

  it('puts keys of its own between the page’s messages, never into one', async () => {
    await begin();
    const whole = writeClientMessage({ kind: 'clipboard', text: 'hello' });
    bench.relay.takeFromPage(whole.subarray(0, 10));
    bench.relay.sendKey({ isDown: true, keysym: 0x41 });
    bench.relay.takeFromPage(whole.subarray(10));
    await bench.serverHears(key(true, 0x41), { kind: 'clipboard', text: 'hello' });
  });

  it('sends scancodes only to a server that takes them', async () => {
    await begin();
    bench.relay.sendKey({ isDown: true, keysym: 0x41, scancode: 0x1e });
    await bench.serverHears(key(true, 0x41));
    bench.server.say(writeSign(ENCODING.extendedKeys));
    await settled();
    bench.relay.sendKey({ isDown: false, keysym: 0x41, scancode: 0x1e });
    await bench.serverHears(key(false, 0x41, 0x1e));
  });

  it('lets requests for updates through twice a second when it is slow', async () => {
    await begin();
    bench.relay.setRate('slow');
    bench.pageSays(request);
    await bench.serverHears(request);
    bench.pageSays(everything, request);
    await bench.clock.pass(499);
    await bench.serverHeardNothing();
    await bench.clock.pass(1);
    // The two that waited became one, which asks for all.
    await bench.serverHears(everything);
    await bench.serverHeardNothing();
  });

  it('holds requests for updates while it is not seen, and lets them go when it is', async () => {
    await begin();
    bench.relay.setRate('none');
    bench.pageSays(request);
    await bench.clock.pass(60_000);
    await bench.serverHeardNothing();
    bench.relay.setRate('full');
    await bench.serverHears(request);
  });

  it('reads nothing from the server while it is paused', async () => {
    await begin();
    bench.relay.setPaused(true);
    bench.server.say([2]);
    await settled();
    expect(bench.pageRest.length).toBe(0);
    bench.relay.setPaused(false);
    expect([...(await bench.pageHears(1))]).toEqual([2]);
  });

  it('releases what is down before it leaves', async () => {
    await begin();
    bench.pageSays(key(true, 0xffe3), key(true, 0xffe9), key(false, 0xffe9));
    bench.relay.sendKey({ isDown: true, keysym: 0xffff });
    await bench.serverHears(key(true, 0xffe3), key(true, 0xffe9), key(false, 0xffe9));
    await bench.serverHears(key(true, 0xffff));
    bench.relay.end();
    await bench.serverHears(key(false, 0xffff), key(false, 0xffe3));
    expect(bench.ends).toEqual([undefined]);
  });

  it('measures how long the server takes to react', async () => {
    await begin();
    bench.pageSays(key(true, 0x61));
    await bench.clock.pass(40);
    bench.server.say(writeUpdate([]));
    await settled();
    expect(bench.relay.traffic).toEqual({
      bytesFromServer: 4,
      bytesToServer: 8,
      updates: 1,
      reactionMs: 40,
      quickestMs: undefined,
    });
    for (const delay of [200, 30]) {
      bench.pageSays(key(true, 0x61));
      await bench.clock.pass(delay);
      bench.server.say(writeUpdate([]));
      await settled();
    }
    expect(bench.relay.traffic).toMatchObject({ reactionMs: 40, quickestMs: 30 });
  });

  it('ends over a server that talks garbage', async () => {
    await begin();
    bench.server.say([99, 1, 2, 3]);
    await settled();
    expect(bench.ends).toEqual([{ code: 'malformed', detail: 'a server’s message of type 99' }]);
    expect(bench.server.near.destroyed).toBe(true);
  });

  it('ends over a page that talks garbage', async () => {
    await begin();
    bench.relay.takeFromPage(Uint8Array.of(77));
    expect(bench.ends).toEqual([{ code: 'malformed', detail: 'a viewer’s message of type 77' }]);
  });

  it('tells that the server left', async () => {
    await begin();
    bench.server.far.end();
    await settled();
    expect(bench.ends).toEqual([{ code: 'closed' }]);
  });

  it('leaves a clipboard out that would inflate to more than it says', async () => {
    await begin();
    const lies = deflateSync(Buffer.from([0xff, 0xff, 0xff, 0xff, 1]));
    const length = u32(-(4 + lies.length));
    bench.server.say([3, 0, 0, 0], length, [0x10, 0, 0, 1], lies, [2]);
    expect([...(await bench.pageHears(1))]).toEqual([2]);
    const honest = deflateSync(Buffer.from([0, 0, 0, 1, 65]));
    bench.server.say([3, 0, 0, 0], u32(-(4 + honest.length)), [0x10, 0, 0, 1], honest);
    expect((await bench.pageHears(12 + honest.length))[0]).toBe(3);
    expect(bench.events).toEqual([{ kind: 'clipboard-dropped', bytes: 4 + lies.length }]);
  });

  it('lets through what a server can do with clipboards, and none of it that is cut short', async () => {
    await begin();
    const clipboard = (...body: number[]) =>
      bench.server.say([3, 0, 0, 0], u32(-body.length), body);
    // Of all abilities, with the limit of one format; then without that limit, and a notice too long.
    clipboard(0x1f, 0, 0, 1, 0, 0, 0, 0);
    expect([...(await bench.pageHears(16))].slice(8, 12)).toEqual([0x1f, 0, 0, 1]);
    clipboard(0x1f, 0, 0, 1);
    clipboard(0x08, 0, 0, 1, 9);
    bench.server.say([2]);
    expect([...(await bench.pageHears(1))]).toEqual([2]);
    expect(bench.events.map((event) => event.kind)).toEqual([
      'clipboard-dropped',
      'clipboard-dropped',
    ]);
  });

  it('leaves clipboards out that come faster than anybody copies, and goes on', async () => {
    await begin();
    for (let count = 0; count < 1_000; count += 1) bench.server.say([3, 0, 0, 0], u32(1), [65]);
    bench.server.say([2]);
    const heard = await bench.pageHears(8 * 9 + 1);
    expect([heard.length, heard.at(-1), bench.events.length]).toEqual([73, 2, 992]);
    await bench.clock.pass(1_000);
    bench.server.say([3, 0, 0, 0], u32(1), [66]);
    expect((await bench.pageHears(9)).at(-1)).toBe(66);
  });
});
