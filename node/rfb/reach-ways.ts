import type { Duplex } from 'node:stream';
import { type RfbFailure, RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import { reachTcp, reachWebSocket, type ReachOptions } from './reach.ts';
import type { RfbTrust } from './rfb-options.ts';

/** One way to a screen; the certificate must be the pinned one, or good for the host. */
export interface RfbWay {
  readonly kind: 'websocket' | 'tcp';
  readonly host: string;
  readonly port: number;
  /** TLS around all of it. Without, RFB may bring its own. */
  readonly isTls: boolean;
  /** SHA-256 of the certificate that is expected. */
  readonly fingerprint?: string | undefined;
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

/** Goes the first of these ways that can be gone. Throws `RfbFailureError` of the last one tried. */
export async function reachByWays(
  ways: readonly RfbWay[],
  options: ReachOptions,
): Promise<Reached> {
  let last: unknown = new RfbFailureError({ code: 'cancelled' });
  for (const [index, way] of ways.entries()) {
    const trust = trustOf(way);
    try {
      return { duplex: await reach(way, trust, options), trust, index };
    } catch (cause) {
      last = cause;
      const isLost = cause instanceof RfbFailureError && NEXT_WAY.has(cause.failure.code);
      if (!isLost || options.signal.aborted) throw cause;
    }
  }
  throw last;
}

function trustOf({ host, fingerprint }: RfbWay): RfbTrust {
  return {
    serverName: host,
    ...(fingerprint !== undefined && { pinnedFingerprint: fingerprint }),
  };
}

function reach(way: RfbWay, trust: RfbTrust, options: ReachOptions): Promise<Duplex> {
  if (way.kind === 'tcp') return reachTcp(way, options);
  return reachWebSocket(way, way.isTls ? trust : undefined, options);
}
