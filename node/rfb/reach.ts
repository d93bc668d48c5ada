import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createWebSocketStream, WebSocket } from 'ws';
import { printable } from '../../core/rfb/handshake.ts';
import { RfbFailureError, type RfbFailure } from '../../core/rfb/rfb-failure.ts';
import { dial } from '../xmpp/dial.ts';
import type { Clock } from '../xmpp/clock.ts';
import { LinkFailureError } from '../xmpp/link-failure.ts';
import type { RfbTrust } from './rfb-options.ts';
import { secureDuplex } from './secure-duplex.ts';

/** Where a console listens. */
export interface RfbEndpoint {
  readonly host: string;
  readonly port: number;
  /** Opens one connection by the proxy of our agent; that of an original one wants none. */
  readonly token?: string | undefined;
}

/** How long to wait, on whose clock, and what calls it off. */
export interface ReachOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

const DIAL_TIMEOUT_MS = 10_000;
/** A viewer's messages are small; a server's are cut into frames by the proxy. */
const FRAME_BYTES = 16 * 1024 * 1024;
const BAD_GATEWAY = 502;
/** The most of a proxy's reason that is shown, in characters. */
const MOST_REASON = 300;

/** A plain TCP connection to a display. Throws `RfbFailureError`. */
export async function reachTcp(endpoint: RfbEndpoint, options: ReachOptions): Promise<Duplex> {
  try {
    const { clock, signal } = options;
    const timeoutMs = Math.min(options.timeoutMs, DIAL_TIMEOUT_MS);
    const { socket } = await dial([endpoint], timeoutMs, clock, signal);
    return socket;
  } catch (cause) {
    if (!(cause instanceof LinkFailureError)) throw cause;
    throw new RfbFailureError(dialFailure(cause, endpoint));
  }
}

/**
 * A connection through an agent's websocket proxy, of ours or the original's, under TLS where
 * `trust` is given: both kinds listen on one port. Throws `RfbFailureError`.
 */
export async function reachWebSocket(
  endpoint: RfbEndpoint,
  trust: RfbTrust | undefined,
  options: ReachOptions,
): Promise<Duplex> {
  return webSocketOver(await reachTcp(endpoint, options), endpoint, trust, options);
}

/** The same over a connection that leads to the proxy already, such as a tunnel. */
export async function webSocketOver(
  tcp: Duplex,
  endpoint: RfbEndpoint,
  trust: RfbTrust | undefined,
  options: ReachOptions,
): Promise<Duplex> {
  const socket = trust === undefined ? tcp : await secureDuplex(tcp, trust, options);
  // The zone of an address (`fe80::1%eth0`) is for this computer alone.
  const name = endpoint.host.replace(/%.*$/u, '');
  const host = name.includes(':') ? `[${name}]` : name;
  const { port, token } = endpoint;
  const query = token === undefined ? '' : `?token=${encodeURIComponent(token)}`;
  const url = `ws://${host}:${port}/${query}`;
  if (!URL.canParse(url)) {
    // An agent may name what its own host understands and nobody else.
    tcp.destroy();
    throw new RfbFailureError({ code: 'host-not-found', host: endpoint.host });
  }
  // The stream is encrypted already where it has to be: to the library it is a plain one.
  const webSocket = new WebSocket(url, ['binary'], {
    createConnection: () => socket,
    perMessageDeflate: false,
    maxPayload: FRAME_BYTES,
  });
  // The server's first words may come with the very answer that opens it: somebody has to listen by then.
  const duplex = createWebSocketStream(webSocket);
  duplex.on('error', () => duplex.destroy());
  await opened(webSocket, options);
  return duplex;
}

function opened(webSocket: WebSocket, { clock, timeoutMs, signal }: ReachOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (failure?: RfbFailure): void => {
      cancelTimer();
      signal.removeEventListener('abort', onAbort);
      webSocket.off('open', onOpen).off('error', onError).off('unexpected-response', onAnswer);
      if (failure === undefined) {
        resolve();
        return;
      }
      webSocket.on('error', () => undefined);
      webSocket.terminate();
      reject(new RfbFailureError(failure));
    };
    const onOpen = (): void => settle();
    const onError = (cause: Error): void =>
      settle({ code: 'websocket-refused', detail: cause.message });
    const onAnswer = (_request: unknown, response: IncomingMessage): void => {
      void refusalOf(response).then(settle);
    };
    const onAbort = (): void => settle({ code: 'cancelled' });
    const seconds = Math.ceil(timeoutMs / 1000);
    const cancelTimer = clock.after(timeoutMs, () =>
      settle({ code: 'timed-out', phase: 'websocket', seconds }),
    );
    signal.addEventListener('abort', onAbort);
    webSocket.once('open', onOpen).once('error', onError).once('unexpected-response', onAnswer);
  });
}

/** Why a proxy opens nothing; ours says with 502 what the console itself said. */
async function refusalOf(response: IncomingMessage): Promise<RfbFailure> {
  const { statusCode = 0 } = response;
  const detail = `Unexpected server response: ${statusCode}`;
  let said = '';
  try {
    for await (const chunk of response) {
      said += String(chunk);
      if (statusCode !== BAD_GATEWAY || said.length > MOST_REASON) break;
    }
  } catch {
    // It hung up in the middle of its reason: what came is enough.
  }
  const reason = printable(said.slice(0, MOST_REASON).trim());
  const isReason = statusCode === BAD_GATEWAY && reason !== '';
  return { code: 'websocket-refused', detail, ...(isReason && { reason }) };
}

function dialFailure({ failure }: LinkFailureError, { host, port }: RfbEndpoint): RfbFailure {
  const address = `${host}:${port}`;
  switch (failure.code) {
    case 'host-not-found':
      return { code: 'host-not-found', host };
    case 'connect-timeout':
      return { code: 'unreachable', address, detail: 'ETIMEDOUT' };
    case 'host-unreachable':
      return { code: 'unreachable', address, detail: failure.detail };
    default:
      return { code: 'cancelled' };
  }
}
