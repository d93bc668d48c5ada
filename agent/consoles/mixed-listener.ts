import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { Server as TlsServer } from 'node:tls';
import { err, ok, type Result } from '../../core/lib/result.ts';

/** A key and the certificate that belongs to it. */
export interface KeyAndCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface MixedListenerOptions {
  /** The address to listen on. */
  readonly host: string;
  /** The port to listen on where it is free; another one where it is not, or for 0. */
  readonly port: number;
  readonly tls: KeyAndCertificate | undefined;
  readonly isTlsOnly: boolean;
  /** At once; where there are as many, the longest silent one makes room for a new one. */
  readonly mostConnections: number;
  /** How long a client may take until `settle` is called for it. */
  readonly patienceMs: number;
  /** Called with a connection that can be read as if it came over TCP alone. */
  readonly onConnection: (connection: Duplex, client: string) => void;
  readonly onRefused: (client: string, reason: string) => void;
}

/** The first byte of a TLS handshake, and of one of old times, which TLS itself then turns away. */
const TLS_FIRST_BYTES = [0x16, 0x80];
const KEEP_ALIVE_MS = 30_000;

/** A TCP port that takes clients with and without TLS, told apart by their first byte. */
export class MixedListener {
  readonly #options: MixedListenerOptions;
  readonly #listener: Server;
  /** Made for the first client that wants it: most machines are never looked at. */
  #tls: TlsServer | undefined;
  readonly #sockets = new Set<Socket>();
  /** Connections that have not said yet what they want, by address and port of the client. */
  readonly #unsettled = new Map<string, Socket>();

  private constructor(options: MixedListenerOptions) {
    this.#options = options;
    this.#listener = createServer((socket) => this.#meet(socket));
  }

  static async start(options: MixedListenerOptions): Promise<Result<MixedListener, string>> {
    const listener = new MixedListener(options);
    let listening = await listener.#listen(options.port);
    if (!listening.ok && options.port !== 0) listening = await listener.#listen(0);
    return listening.ok ? ok(listener) : listening;
  }

  get port(): number {
    const address = this.#listener.address() as AddressInfo | null;
    return address?.port ?? 0;
  }

  /** The client has said what it wants; it may be as silent as it likes from now on. */
  settle(client: string): void {
    this.#unsettled.delete(client);
  }

  /** Takes no more clients, and leaves those that have not settled. */
  async stop(graceMs: number): Promise<void> {
    const closed = new Promise((done) => this.#listener.close(done));
    for (const socket of this.#unsettled.values()) socket.destroy();
    const impatience = setTimeout(() => {
      for (const socket of this.#sockets) socket.destroy();
    }, graceMs);
    await closed;
    clearTimeout(impatience);
  }

  #listen(port: number): Promise<Result<undefined, string>> {
    return new Promise((settle) => {
      const failed = (cause: Error): void => settle(err(cause.message));
      this.#listener.once('error', failed);
      this.#listener.listen({ port, host: this.#options.host }, () => {
        this.#listener.off('error', failed);
        // A client that cannot be taken, as when too many files are open, ends nothing else.
        this.#listener.on('error', ({ message }) => this.#options.onRefused('', message));
        settle(ok(undefined));
      });
    });
  }

  #meet(socket: Socket): void {
    const client = clientOf(socket);
    const { patienceMs, onRefused } = this.#options;
    socket.on('error', () => socket.destroy());
    if (!this.#hasRoom()) {
      onRefused(client, 'there are too many connections');
      socket.destroy();
      return;
    }
    this.#sockets.add(socket);
    this.#unsettled.set(client, socket);
    socket.setNoDelay(true);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    const impatience = setTimeout(() => {
      if (this.#unsettled.get(client) !== socket) return;
      onRefused(client, 'it did not say what it wants');
      socket.destroy();
    }, patienceMs);
    socket.once('close', () => {
      clearTimeout(impatience);
      this.#sockets.delete(socket);
      if (this.#unsettled.get(client) === socket) this.#unsettled.delete(client);
    });
    socket.once('data', (chunk: Buffer) => {
      socket.pause();
      socket.unshift(chunk);
      this.#pass(socket, client, TLS_FIRST_BYTES.includes(chunk[0] ?? 0));
    });
  }

  /** Whether one more may come; who has said nothing yet goes for it, lest the silent keep everybody out. */
  #hasRoom(): boolean {
    if (this.#sockets.size < this.#options.mostConnections) return true;
    const longest = longestSilent([...this.#unsettled]);
    if (!longest) return false;
    const [client, socket] = longest;
    this.#options.onRefused(client, 'it did not say what it wants, and others wait');
    this.#sockets.delete(socket);
    this.#unsettled.delete(client);
    socket.destroy();
    return true;
  }

  #pass(socket: Socket, client: string, wantsTls: boolean): void {
    const { isTlsOnly, onConnection, onRefused, tls } = this.#options;
    if (wantsTls && tls !== undefined) {
      this.#tls ??= this.#tlsServer(tls);
      this.#tls.emit('connection', socket);
    } else if (wantsTls || isTlsOnly) {
      onRefused(client, wantsTls ? 'there is no TLS here' : 'it does not use TLS');
      socket.destroy();
    } else {
      onConnection(socket, client);
      socket.resume();
    }
  }

  #tlsServer({ certificatePem, keyPem }: KeyAndCertificate): TlsServer {
    const { onConnection, onRefused } = this.#options;
    const server = new TlsServer({ cert: certificatePem, key: keyPem });
    server.on('secureConnection', (socket) => {
      socket.on('error', () => socket.destroy());
      onConnection(socket, clientOf(socket));
    });
    server.on('tlsClientError', (cause, socket) => {
      onRefused(clientOf(socket), `TLS failed: ${cause.message}`);
      socket.destroy();
    });
    return server;
  }
}

/** The longest silent one of the address that has most of them: so a flood from one place makes its own room. */
function longestSilent(
  silent: readonly (readonly [client: string, socket: Socket])[],
): readonly [client: string, socket: Socket] | undefined {
  const counts = new Map<string | undefined, number>();
  for (const [, { remoteAddress }] of silent) {
    counts.set(remoteAddress, (counts.get(remoteAddress) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return silent.find(([, { remoteAddress }]) => counts.get(remoteAddress) === most);
}

function clientOf(socket: Pick<Socket, 'remoteAddress' | 'remotePort'>): string {
  return `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`;
}
