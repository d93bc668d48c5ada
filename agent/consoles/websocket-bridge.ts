import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';

/** How bytes stand in the messages of a WebSocket: as they are, or as base64 text for old clients. */
export type WebSocketEncoding = 'binary' | 'base64';

/** What went through a connection, and how it ended. */
export interface BridgeTally {
  bytesFromClient: number;
  bytesToClient: number;
  end: 'client' | 'console' | 'broken' | 'silent';
}

/** Past this many bytes that a client has not taken, its console is not read any further. */
const MOST_WAITING_BYTES = 1_048_576;
const PING_MS = 30_000;

/** Numbers of RFC 6455 §7.4.1. */
const CLOSE = { normal: 1000, unsupportedData: 1003, broken: 1011 } as const;

/**
 * Passes bytes between a WebSocket and a console, both ways, until one of them ends; then the other
 * one ends as well. Neither side is read faster than the other one takes it. No byte is looked at.
 */
export function bridge(
  socket: WebSocket,
  console: Duplex,
  encoding: WebSocketEncoding,
): Promise<BridgeTally> {
  const tally: BridgeTally = { bytesFromClient: 0, bytesToClient: 0, end: 'client' };
  const end = (how: BridgeTally['end'], code: number, reason: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    tally.end = how;
    // A close frame is only answered by a peer that is read.
    socket.resume();
    socket.close(code, reason);
  };
  socket.on('message', (data, isBinary) => {
    const bytes = decode(data, isBinary, encoding);
    if (bytes === undefined) {
      end('broken', CLOSE.unsupportedData, `Messages must be ${encoding}`);
      return;
    }
    tally.bytesFromClient += bytes.length;
    if (console.writable && !console.write(bytes)) socket.pause();
  });
  console.on('drain', () => socket.resume());
  console.on('data', (chunk: Buffer) => {
    if (socket.readyState !== socket.OPEN) return;
    tally.bytesToClient += chunk.length;
    const isBinary = encoding === 'binary';
    const message = isBinary ? chunk : chunk.toString('base64');
    socket.send(message, { binary: isBinary }, () => {
      if (socket.bufferedAmount <= MOST_WAITING_BYTES) console.resume();
    });
    if (socket.bufferedAmount > MOST_WAITING_BYTES) console.pause();
  });
  console.on('error', () => end('broken', CLOSE.broken, 'The console broke off'));
  console.on('end', () => end('console', CLOSE.normal, 'The console has ended'));
  console.on('close', () => end('console', CLOSE.normal, 'The console has ended'));
  socket.on('error', () => socket.terminate());
  const stopWatching = watch(socket, () => {
    tally.end = 'silent';
    socket.terminate();
  });
  return new Promise((done) => {
    socket.once('close', () => {
      stopWatching();
      console.destroy();
      done(tally);
    });
  });
}

function decode(data: RawData, isBinary: boolean, encoding: WebSocketEncoding): Buffer | undefined {
  if (isBinary !== (encoding === 'binary')) return undefined;
  const bytes = Array.isArray(data)
    ? Buffer.concat(data)
    : Buffer.isBuffer(data)
      ? data
      : Buffer.from(data);
  return isBinary ? bytes : Buffer.from(bytes.toString('latin1'), 'base64');
}

/** Ends a connection whose peer is gone without a word. */
function watch(socket: WebSocket, dead: () => void): () => void {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  const timer = setInterval(() => {
    // While it is not read, an answer could not be seen.
    if (socket.isPaused) return;
    if (!isAlive) {
      dead();
      return;
    }
    isAlive = false;
    socket.ping();
  }, PING_MS);
  return () => clearInterval(timer);
}
