import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { MessageChannel } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { ACKNOWLEDGE_EVERY_BYTES } from '../../core/contract/stream-port.ts';
import { SshStreams } from '../../main/streams/ssh/ssh-streams.ts';
import type { SshTarget } from '../../main/streams/ssh/ssh-messages.ts';
import { StreamTable } from '../../main/streams/stream-table.ts';
import type { SshConnector } from '../../node/ssh/ssh-connector.ts';
import { freePort, listensAt } from '../../test/support/xvnc.ts';
import { FloodViewer } from './screen-flood.ts';

/** A way from a screen to a viewer that is connected; `stop` ends it. */
export interface ConsolePath {
  readonly viewer: FloodViewer;
  readonly stop: () => Promise<void>;
}

/** The floor: the viewer speaks to the screen itself. */
export async function bareSocket(port: number): Promise<ConsolePath> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  const viewer = new FloodViewer((bytes) => void socket.write(bytes));
  socket.on('data', (chunk) => viewer.take(chunk));
  return { viewer, stop: async () => void socket.destroy() };
}

/** What runs before a screen: websockify, from an address for WebSockets to the screen's. */
export async function startWebsockify(
  port: number,
  web?: string,
): Promise<{ readonly port: number; readonly stop: () => Promise<void> }> {
  const own = await freePort();
  const files = web === undefined ? [] : ['--web', web];
  const child = spawn('websockify', [...files, `127.0.0.1:${own}`, `127.0.0.1:${port}`], {
    stdio: 'ignore',
  });
  child.on('error', (cause) => console.error(`websockify: ${cause.message}`));
  while (!(await listensAt(own))) {
    if (child.exitCode !== null || child.pid === undefined) throw new Error('it needs websockify');
    await pause(50);
  }
  return {
    port: own,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** What noVNC in a browser has: websockify between it and the screen. */
export async function websockify(port: number): Promise<ConsolePath> {
  const proxy = await startWebsockify(port);
  const socket = new WebSocket(`ws://127.0.0.1:${proxy.port}`, 'binary');
  await once(socket, 'open');
  const viewer = new FloodViewer((bytes) => socket.send(bytes));
  socket.on('message', (data: Buffer) => viewer.take(data));
  const stop = async (): Promise<void> => {
    socket.terminate();
    await proxy.stop();
  };
  return { viewer, stop };
}

/** Ours: the relay of the streams process, and a port to the page; through SSH where a host is given. */
export async function ourRelay(
  port: number,
  connector: SshConnector,
  host?: SshTarget,
): Promise<ConsolePath> {
  const { port1, port2 } = new MessageChannel();
  const ended = new Promise<string>((resolve) => port2.once('close', () => resolve('closed')));
  const ssh = new SshStreams({
    connector,
    report: (report) => {
      if (report.kind === 'console-ended') console.error(JSON.stringify(report));
    },
  });
  const table = new StreamTable(() => undefined, ssh);
  const isThroughSsh = host !== undefined;
  const way = { kind: 'tcp', host: '127.0.0.1', port, isTls: false, isThroughSsh };
  table.obey(
    { kind: 'open-console', id: 1, ways: [way], ...(host && { host }) },
    {
      postMessage: (message) => port1.postMessage(message),
      close: () => port1.close(),
      listen: (onMessage, onClose) => void port1.on('message', onMessage).on('close', onClose),
    },
  );
  const viewer = new FloodViewer((bytes) => port2.postMessage(bytes));
  let taken = 0;
  port2.on('message', (bytes: Uint8Array) => {
    viewer.take(bytes);
    taken += bytes.length;
    if (taken < ACKNOWLEDGE_EVERY_BYTES) return;
    port2.postMessage({ taken });
    taken = 0;
  });
  const stop = async (): Promise<void> => {
    table.obey({ kind: 'close', id: 1 }, undefined);
    await ended;
    await ssh.pool.close();
  };
  return { viewer, stop };
}
