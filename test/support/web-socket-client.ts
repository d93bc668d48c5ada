import { Duplex } from 'node:stream';
import { WebSocket, createWebSocketStream } from 'ws';

export interface SocketOptions {
  readonly url: string;
  readonly protocols: readonly string[];
  /** SHA-256 of the certificate that is expected; another one fails the connection. */
  readonly fingerprint?: string;
}

/**
 * Opens a WebSocket, which is not read before it is resumed, so that nothing is missed. A number is the
 * HTTP status that refused it, or 0 when it was cut off.
 */
export function openWebSocket({
  url,
  protocols,
  fingerprint,
}: SocketOptions): Promise<WebSocket | number> {
  const socket = new WebSocket(url, [...protocols], { rejectUnauthorized: false });
  return new Promise((settle) => {
    socket.once('upgrade', (response) => {
      const { socket: raw } = response as { socket: { getPeerCertificate?: () => unknown } };
      const presented = raw.getPeerCertificate?.() as { fingerprint256?: string } | undefined;
      if (fingerprint !== undefined && presented?.fingerprint256 !== fingerprint)
        socket.terminate();
    });
    socket.once('open', () => {
      socket.pause();
      settle(socket);
    });
    socket.once('unexpected-response', (_request, response) => {
      settle(response.statusCode ?? 0);
      socket.terminate();
    });
    socket.on('error', () => settle(0));
  });
}

/** The number with which a WebSocket is closed; it is read from now on. */
export function closeCode(socket: WebSocket): Promise<number> {
  socket.resume();
  return new Promise((settle) => socket.once('close', (code) => settle(code)));
}

/** The bytes of a WebSocket from now on, whichever of the two sub-protocols was agreed on. */
export function bytesOf(socket: WebSocket): Duplex {
  socket.resume();
  if (socket.protocol === 'binary') return createWebSocketStream(socket);
  const stream = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => socket.send(chunk.toString('base64'), done),
  });
  socket.on('message', (data) => {
    stream.push(Buffer.from((data as Buffer).toString('latin1'), 'base64'));
  });
  socket.once('close', () => stream.push(null));
  return stream;
}
