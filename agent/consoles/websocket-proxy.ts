import { Server as HttpServer, STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { ok, type Result } from '../../core/lib/result.ts';
import type { OpenConsole } from './console-tokens.ts';
import { MixedListener, type MixedListenerOptions } from './mixed-listener.ts';
import { bridge, type BridgeTally, type WebSocketEncoding } from './websocket-bridge.ts';

export interface ProxyOptions extends Pick<
  MixedListenerOptions,
  'host' | 'port' | 'tls' | 'isTlsOnly'
> {
  /** What a client may open that shows this token, or none; nothing: it is turned away. */
  readonly admit: (token: string | undefined) => OpenConsole | undefined;
  readonly onEvent: (event: ProxyEvent) => void;
  /** How long a client may take to say what it wants. */
  readonly patienceMs?: number;
}

/** What happens at a proxy, for the log. */
export type ProxyEvent =
  | { readonly what: 'opened'; readonly client: string }
  | { readonly what: 'closed'; readonly client: string; readonly tally: BridgeTally }
  | { readonly what: 'refused'; readonly client: string; readonly reason: string };

/** One console can be looked at by several, but a flood of clients must not use up the host. */
const MOST_CONNECTIONS = 16;
const MOST_MESSAGE_BYTES = 1_048_576;
const PATIENCE_MS = 10_000;
/** How long a client may take to close its side when the machine has stopped. */
const CLOSING_MS = 500;
const GOING_AWAY = 1001;

/** Serves the consoles of one machine to WebSockets (RFC 6455), with and without TLS. */
export class WebSocketProxy {
  readonly #options: ProxyOptions;
  readonly #http = new HttpServer();
  readonly #webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MOST_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: (offered) => chooseEncoding([...offered]) ?? false,
  });
  readonly #clients = new WeakMap<Duplex, string>();
  readonly #counts = { opened: 0, closed: 0, refused: 0 };
  #listener: MixedListener | undefined;

  private constructor(options: ProxyOptions) {
    this.#options = options;
    this.#http.on('upgrade', (request, socket, head) => {
      void this.#upgrade(request, socket, head);
    });
    this.#http.on('request', (_request, response) => {
      // Who opens the address in a browser, to trust the certificate, sees that it is the right one.
      response.writeHead(426, { 'Content-Type': 'text/plain', Connection: 'close' });
      response.end('The console of a virtual machine. Open it with a client of Archipel.\n');
    });
    this.#http.on('clientError', (_cause, socket) => socket.destroy());
  }

  static async start(options: ProxyOptions): Promise<Result<WebSocketProxy, string>> {
    const proxy = new WebSocketProxy(options);
    const listener = await MixedListener.start({
      ...options,
      mostConnections: MOST_CONNECTIONS,
      patienceMs: options.patienceMs ?? PATIENCE_MS,
      onConnection: (connection, client) => {
        proxy.#clients.set(connection, client);
        proxy.#http.emit('connection', connection);
      },
      onRefused: (client, reason) => proxy.#refused(client, reason),
    });
    if (!listener.ok) return listener;
    proxy.#listener = listener.value;
    return ok(proxy);
  }

  get port(): number {
    return this.#listener?.port ?? 0;
  }

  /** How many connections there were since the start. */
  get counts(): { readonly opened: number; readonly closed: number; readonly refused: number } {
    return this.#counts;
  }

  /** Ends all connections, and listens no more. */
  async stop(): Promise<void> {
    for (const client of this.#webSockets.clients) {
      // A close frame is only answered by a peer that is read.
      client.resume();
      client.close(GOING_AWAY, 'The machine has stopped');
    }
    await this.#listener?.stop(CLOSING_MS);
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const client = this.#clients.get(socket) ?? '';
    const encoding = chooseEncoding(offeredProtocols(request));
    if (encoding === undefined) {
      this.#turnAway(socket, client, 400, 'it offers neither binary nor base64');
      return;
    }
    const open = this.#options.admit(tokenOf(request));
    if (open === undefined) {
      this.#turnAway(socket, client, 403, 'it has no token that is valid here');
      return;
    }
    const console = await open();
    if (!console.ok) {
      this.#turnAway(socket, client, 502, console.error);
      return;
    }
    // Whatever becomes of the client from here, the console goes with it.
    socket.once('close', () => console.value.destroy());
    console.value.on('error', () => console.value.destroy());
    if (socket.destroyed) console.value.destroy();
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.#listener?.settle(client);
      this.#counts.opened += 1;
      this.#options.onEvent({ what: 'opened', client });
      void bridge(webSocket, console.value, encoding).then((tally) => {
        this.#counts.closed += 1;
        this.#options.onEvent({ what: 'closed', client, tally });
      });
    });
  }

  #turnAway(socket: Duplex, client: string, status: 400 | 403 | 502, reason: string): void {
    this.#refused(client, reason);
    const phrase = STATUS_CODES[status] ?? '';
    socket.on('error', () => socket.destroy());
    const body = Buffer.from(`${reason}\n`);
    const head = `Connection: close\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${body.length}`;
    socket.end(
      Buffer.concat([Buffer.from(`HTTP/1.1 ${status} ${phrase}\r\n${head}\r\n\r\n`), body]),
    );
  }

  #refused(client: string, reason: string): void {
    this.#counts.refused += 1;
    this.#options.onEvent({ what: 'refused', client, reason });
  }
}

function offeredProtocols(request: IncomingMessage): readonly string[] {
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  return offered.split(',').map((one) => one.trim());
}

/** The better one of the sub-protocols that clients of screens know. */
function chooseEncoding(offered: readonly string[]): WebSocketEncoding | undefined {
  if (offered.includes('binary')) return 'binary';
  return offered.includes('base64') ? 'base64' : undefined;
}

/** The token in the address, `/?token=…`: every client can set it there, browsers too. */
function tokenOf(request: IncomingMessage): string | undefined {
  const [, query = ''] = /\?(.*)$/u.exec(request.url ?? '') ?? [];
  return new URLSearchParams(query).get('token') ?? undefined;
}
