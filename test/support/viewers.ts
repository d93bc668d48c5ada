import { RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import { HeadlessRfb } from '../../node/rfb/headless-rfb.ts';
import type { RfbCredentials, RfbTrust } from '../../node/rfb/rfb-options.ts';
import { reachTcp } from '../../node/rfb/reach.ts';
import { systemClock } from '../../node/xmpp/clock.ts';

/** For real servers, which answer at once or not at all. */
export const patience = {
  clock: systemClock,
  timeoutMs: 10_000,
  signal: new AbortController().signal,
};

/** A viewer without a window of a display on this machine. */
export async function viewTcp(
  port: number,
  credentials: RfbCredentials = {},
  trust: RfbTrust = { serverName: '127.0.0.1' },
): Promise<HeadlessRfb> {
  const duplex = await reachTcp({ host: '127.0.0.1', port }, patience);
  return HeadlessRfb.open(duplex, { credentials, trust, timeoutMs: patience.timeoutMs });
}

/** The coded failure of an attempt that must fail. */
export async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => 'accepted',
    (cause: unknown) => (cause instanceof RfbFailureError ? cause.failure : cause),
  );
}
