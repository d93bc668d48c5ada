import type { Duplex } from 'node:stream';
import { type RfbFailure, RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import { reachTcp, reachWebSocket, webSocketOver, type ReachOptions } from './reach.ts';
import type { RfbTrust } from './rfb-options.ts';

/** One way to a screen; the certificate must be the pinned one, or good for the host. */
export interface RfbWay {
  readonly kind: 'websocket' | 'tcp';
  readonly host: string;
  readonly port: number;
  /** Host and port are as the hypervisor's host sees them; it is reached by SSH. */
  readonly isThroughSsh?: boolean | undefined;
  /** TLS around all of it. Without, RFB may bring its own. */
  readonly isTls: boolean;
  /** SHA-256 of the certificate that is expected of the TLS around all of it. */
  readonly fingerprint?: string | undefined;
  /** Likewise of RFB's own TLS, which the screen speaks behind any proxy. */
  readonly screenFingerprint?: string | undefined;
  /** Opens one connection by the proxy of our agent. */
  readonly token?: string | undefined;
}

/** A way that was gone, up to the first word of RFB. */
export interface Reached {
  readonly duplex: Duplex;
  /** Which certificate RFB's own TLS has to show there. */
  readonly trust: RfbTrust;
  /** The place of the way among those that were given. */
  readonly index: number;
}

/** A way that cannot be gone at all is no reason to give up; one that is refused is. */
const NEXT_WAY: ReadonlySet<RfbFailure['code']> = new Set([
  'host-not-found',
  'unreachable',
  'websocket-refused',
]);

/** Likewise of the host through which a tunnel goes; a key that changed or a wrong password stops. */
const NEXT_TUNNEL: ReadonlySet<string> = new Set([
  'ssh-unknown-host',
  'ssh-unreachable',
  'ssh-timed-out',
  'ssh-closed',
  'ssh-channel-refused',
]);

/** Connects from the hypervisor's host onward. Throws `RfbFailureError`. */
export type Tunnel = (host: string, port: number) => Promise<Duplex>;

/** Goes the first of these ways that can be gone. Throws `RfbFailureError` of the last one tried. */
export async function reachByWays(
  ways: readonly RfbWay[],
  options: ReachOptions,
  tunnel?: Tunnel,
): Promise<Reached> {
  let last: unknown = new RfbFailureError({ code: 'cancelled' });
  for (const [index, way] of ways.entries()) {
    try {
      const proxy = { ...trustOf(way, way.fingerprint), isProxy: true };
      const duplex = await reach(way, proxy, options, tunnel);
      return { duplex, trust: trustOf(way, way.screenFingerprint), index };
    } catch (cause) {
      last = cause;
      if (!isLost(cause) || options.signal.aborted) throw cause;
    }
  }
  throw last;
}

function trustOf(
  { host, isThroughSsh = false }: RfbWay,
  fingerprint: string | undefined,
): RfbTrust {
  return {
    serverName: host,
    ...(fingerprint !== undefined && { pinnedFingerprint: fingerprint }),
    ...(isThroughSsh && { isThroughSsh }),
  };
}

function isLost(cause: unknown): boolean {
  if (!(cause instanceof RfbFailureError)) return false;
  const { failure } = cause;
  // The proxy was reached: what it says of the console would be the same by any way.
  if (failure.code === 'websocket-refused' && failure.reason !== undefined) return false;
  return failure.code === 'tunnel'
    ? NEXT_TUNNEL.has(failure.failure.code)
    : NEXT_WAY.has(failure.code);
}

async function reach(
  way: RfbWay,
  trust: RfbTrust,
  options: ReachOptions,
  tunnel: Tunnel | undefined,
): Promise<Duplex> {
  const secured = way.isTls ? trust : undefined;
  if (way.isThroughSsh === true) {
    if (!tunnel) throw new Error('A way through SSH was planned where there is no SSH');
    const duplex = await tunnel(way.host, way.port);
    return way.kind === 'tcp' ? duplex : webSocketOver(duplex, way, secured, options);
  }
  if (way.kind === 'tcp') return reachTcp(way, options);
  return reachWebSocket(way, secured, options);
}
