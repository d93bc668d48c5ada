import { afterEach, describe, expect, it } from 'vitest';
import { writeClientMessage } from '../../../../core/rfb/client-messages.ts';
import { ENCODING } from '../../../../core/rfb/encodings.ts';
import { writeSign, writeUpdate } from '../../../../core/rfb/server-messages.ts';
import { settled } from '../../../support/manual-time.ts';
import { AREA, RelayBench, type Said } from './relay-bench.ts';

const request: Said = { kind: 'update-request', isIncremental: true, area: AREA };
const everything: Said = { ...request, isIncremental: false };
const key = (isDown: boolean, keysym: number, scancode?: number): Said => ({
  kind: 'key',
  key: { isDown, keysym, ...(scancode !== undefined && { scancode }) },
});

describe('the relay between a page and a server', () => {
  let bench: RelayBench;
  const begin = async (): Promise<RelayBench> => {
    bench = new RelayBench();
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
    expect(bench.relay.traffic.updates).toBe(1);
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
});
