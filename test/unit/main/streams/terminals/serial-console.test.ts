import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import type { RfbFailure } from '../../../../../core/rfb/rfb-failure.ts';
import { SerialConsole } from '../../../../../main/streams/terminals/serial-console.ts';
import {
  type TerminalEnd,
  TerminalStream,
} from '../../../../../main/streams/terminals/terminal-stream.ts';

const MIB = 1024 * 1024;
/** More than the kernel and both ends keep on the way. */
const MOST_PASTES = 64;

let proxy: WebSocketServer;
beforeAll(async () => {
  proxy = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  proxy.on('connection', (socket) => socket.pause());
  await new Promise((resolve) => proxy.once('listening', resolve));
});
afterAll(async () => {
  for (const socket of proxy.clients) socket.terminate();
  await new Promise((resolve) => proxy.close(resolve));
});

it('is left when it reads nothing of what is typed', async () => {
  const { port } = proxy.address() as AddressInfo;
  const way = { kind: 'websocket', host: '127.0.0.1', port, isTls: false } as const;
  const serial = new SerialConsole({ ways: [way], tunnel: undefined, reached: () => undefined });
  const ends: TerminalEnd<RfbFailure>[] = [];
  let begun = (): void => undefined;
  const open = new Promise<void>((resolve) => (begun = resolve));
  const stream = new TerminalStream<RfbFailure>(
    { columns: 80, rows: 24 },
    { postMessage: () => undefined, close: () => undefined },
    { opened: begun, ended: (end) => void ends.push(end) },
  );
  const over = stream.open(serial);
  await open;
  for (let count = 0; count < MOST_PASTES && ends.length === 0; count += 1) {
    stream.takeFromPage(new Uint8Array(MIB));
    // What the network takes is not what waits.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await over;
  expect(ends).toEqual([{ failure: { code: 'unread' } }]);
});
