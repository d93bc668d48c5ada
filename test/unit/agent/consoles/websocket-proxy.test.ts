import { once } from 'node:events';
import { request } from 'node:http';
import { connect, createServer } from 'node:net';
import { Duplex, PassThrough } from 'node:stream';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { KeyAndCertificate } from '../../../../agent/consoles/mixed-listener.ts';
import {
  WebSocketProxy,
  type ProxyEvent,
  type ProxyOptions,
} from '../../../../agent/consoles/websocket-proxy.ts';
import { fingerprintOf } from '../../../../agent/consoles/proxy-certificate.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { makeCertificate } from '../../../../node/tls/server-certificate.ts';
import { expectOk } from '../../../support/expect-result.ts';
import { waitFor } from '../../../support/libvirtd.ts';
import { bytesOf, closeCode, openWebSocket } from '../../../support/web-socket-client.ts';

const BINARY = ['binary'];

describe('a websocket proxy', () => {
  let tls: KeyAndCertificate;
  let proxy: WebSocketProxy;
  let events: ProxyEvent[];
  let console: Duplex;

  beforeAll(() => {
    tls = makeCertificate({ names: ['localhost'], notBefore: new Date(), days: 1 });
  });

  const begin = async (options: Partial<ProxyOptions> = {}): Promise<void> => {
    events = [];
    console = new PassThrough();
    proxy = expectOk(
      await WebSocketProxy.start({
        host: '127.0.0.1',
        port: 0,
        tls,
        isTlsOnly: false,
        admit: (token) => (token === 'right' ? async () => ok(console) : undefined),
        onEvent: (event) => events.push(event),
        ...options,
      }),
    );
  };

  afterEach(async () => proxy.stop());

  const url = (scheme = 'ws', token = 'right'): string =>
    `${scheme}://127.0.0.1:${proxy.port}/?token=${token}`;

  const opened = async (address = url(), protocols = BINARY): Promise<WebSocket> => {
    const fingerprint = fingerprintOf(tls);
    const pinned = address.startsWith('wss') ? { fingerprint } : {};
    const socket = await openWebSocket({ url: address, protocols, ...pinned });
    if (typeof socket === 'number') throw new Error(`Refused with ${socket}`);
    return socket;
  };

  const reasons = (): readonly string[] =>
    events.flatMap((event) => (event.what === 'refused' ? [event.reason] : []));

  it.each([
    ['ws', 'binary'],
    ['wss', 'binary'],
    ['ws', 'base64'],
    ['wss', 'base64'],
  ])('passes bytes both ways by %s as %s on one port', async (scheme, protocol) => {
    await begin();
    const stream = bytesOf(await opened(url(scheme), [protocol]));
    const sent = Buffer.from([0, 1, 0xff, 0x80, 10, 13]);
    stream.write(sent);
    const [echoed] = (await once(stream, 'data')) as [Buffer];
    expect(Buffer.from(echoed)).toEqual(sent);
  });

  it('prefers bytes as they are where a client offers both', async () => {
    await begin();
    expect((await opened(url(), ['base64', 'binary'])).protocol).toBe('binary');
  });

  it('turns away a client that offers none of the sub-protocols', async () => {
    await begin();
    expect(await openWebSocket({ url: url(), protocols: ['chat'] })).toBe(400);
    expect(await openWebSocket({ url: url(), protocols: [] })).toBe(400);
    expect(proxy.counts).toEqual({ opened: 0, closed: 0, refused: 2 });
  });

  it('turns away a client without a token, and one with a wrong one', async () => {
    await begin();
    const plain = `ws://127.0.0.1:${proxy.port}/websockify`;
    expect(await openWebSocket({ url: plain, protocols: BINARY })).toBe(403);
    expect(await openWebSocket({ url: url('ws', 'wrong'), protocols: BINARY })).toBe(403);
    expect(reasons()).toEqual(Array(2).fill('it has no token that is valid here'));
  });

  it('serves a client without a token at any address where that is wanted', async () => {
    await begin({ admit: (token) => (token === undefined ? async () => ok(console) : undefined) });
    const socket = await opened(`ws://127.0.0.1:${proxy.port}/any/path`);
    expect(socket.protocol).toBe('binary');
  });

  it('cuts off who does not use TLS where TLS is wanted', async () => {
    await begin({ isTlsOnly: true });
    expect(await openWebSocket({ url: url('ws'), protocols: BINARY })).toBe(0);
    expect(reasons()).toEqual(['it does not use TLS']);
    expect((await opened(url('wss'))).protocol).toBe('binary');
  });

  it('cuts off who wants TLS where there is none', async () => {
    await begin({ tls: undefined });
    expect(await openWebSocket({ url: url('wss'), protocols: BINARY })).toBe(0);
    expect(reasons()).toEqual(['there is no TLS here']);
  });

  it('cuts off a client that says nothing', async () => {
    await begin({ patienceMs: 30 });
    const socket = connect(proxy.port, '127.0.0.1');
    await once(socket, 'close');
    expect(reasons()).toEqual(['it did not say what it wants']);
  });

  it('lets an open console be silent for as long as it likes', async () => {
    await begin({ patienceMs: 30 });
    const socket = await opened();
    const silent = connect(proxy.port, '127.0.0.1');
    await once(silent, 'close');
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  it('says what it is to a browser that only looks', async () => {
    await begin();
    const status = await new Promise((settle) => {
      request({ port: proxy.port, host: '127.0.0.1' }, (response) => {
        response.resume();
        settle(response.statusCode);
      }).end();
    });
    expect(status).toBe(426);
  });

  it('says so when the console cannot be reached', async () => {
    await begin({ admit: () => async () => err('the screen does not answer') });
    expect(await openWebSocket({ url: url(), protocols: BINARY })).toBe(502);
    expect(reasons()).toEqual(['the screen does not answer']);
  });

  it('closes the connection when the console ends', async () => {
    await begin();
    const code = closeCode(await opened());
    console.end();
    expect(await code).toBe(1000);
  });

  it('says that a console broke off', async () => {
    await begin();
    const code = closeCode(await opened());
    console.destroy(new Error('gone'));
    expect(await code).toBe(1011);
  });

  it('ends the console when the client is gone, and counts what went through', async () => {
    await begin();
    const socket = await opened();
    socket.resume();
    socket.send(Buffer.from('hello'));
    await once(socket, 'message');
    const ended = once(console, 'close');
    socket.terminate();
    await ended;
    await waitFor('the end', 2000, () => proxy.counts.closed === 1);
    expect(events.at(-1)).toMatchObject({
      what: 'closed',
      tally: { bytesFromClient: 5, bytesToClient: 5, end: 'client' },
    });
  });

  it('refuses messages of the kind that was not agreed on', async () => {
    await begin();
    const socket = await opened();
    const code = closeCode(socket);
    socket.send('text');
    expect(await code).toBe(1003);
  });

  it('refuses a message larger than a screen ever needs', async () => {
    await begin();
    const socket = await opened();
    const code = closeCode(socket);
    socket.send(Buffer.alloc(2 * 1024 * 1024));
    expect(await code).toBe(1009);
  });

  it('does not read a console faster than its client', async () => {
    let produced = 0;
    const chunk = Buffer.alloc(65_536);
    const endless = new Duplex({
      read(): void {
        produced += chunk.length;
        // Given later, as a network does.
        setImmediate(() => this.push(chunk));
      },
      write: (_chunk, _encoding, done) => done(),
    });
    await begin({ admit: () => async () => ok(endless) });
    const socket = await opened();
    await waitFor('the console to be paused', 10_000, () => endless.isPaused());
    const atPause = produced;
    expect(atPause).toBeLessThan(64 * 1024 * 1024);
    socket.resume();
    await waitFor('it to go on', 10_000, () => produced > atPause + 4 * chunk.length);
  });

  it('does not read a client faster than its console', async () => {
    let take: (() => void) | undefined;
    let isHeld = true;
    let taken = 0;
    const slow = new Duplex({
      read: () => undefined,
      write(one: Buffer, _encoding, done): void {
        taken += one.length;
        if (isHeld) take = done;
        else done();
      },
    });
    await begin({ admit: () => async () => ok(slow) });
    const socket = await opened();
    const total = 48 * 1024 * 1024;
    for (let sent = 0; sent < total; sent += 524_288) socket.send(Buffer.alloc(524_288));
    await waitFor('the first write', 2000, () => take !== undefined);
    // What the console does not take stays with the client.
    await waitFor('the client to be held up', 5000, () => {
      return slow.writableLength > 0 && socket.bufferedAmount > 16 * 1024 * 1024;
    });
    expect(slow.writableLength).toBeLessThan(4 * 1024 * 1024);
    isHeld = false;
    take?.();
    await waitFor('all of it', 20_000, () => taken === total);
  });

  it('takes another port where its own is taken', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as { port: number };
    await begin({ port });
    expect(proxy.port).not.toBe(port);
    expect((await opened()).protocol).toBe('binary');
    other.close();
  });

  it('does not let a flood of clients in', async () => {
    await begin();
    const sockets = Array.from({ length: 20 }, () => connect(proxy.port, '127.0.0.1'));
    await waitFor('the last ones to be turned away', 5000, () => proxy.counts.refused === 4);
    for (const socket of sockets) socket.destroy();
  });

  it('says goodbye when the machine stops', async () => {
    await begin();
    const [one, other] = [await opened(), await opened(url('wss'))];
    const codes = [closeCode(one), closeCode(other)];
    const unsettled = connect(proxy.port, '127.0.0.1');
    await once(unsettled, 'connect');
    const cut = once(unsettled, 'close');
    await proxy.stop();
    expect(await Promise.all(codes)).toEqual([1001, 1001]);
    await cut;
    expect(await openWebSocket({ url: url(), protocols: BINARY })).toBe(0);
  });
});
