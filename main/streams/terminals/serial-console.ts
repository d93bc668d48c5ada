import type { Duplex } from 'node:stream';
import { type RfbFailure, RfbFailureError } from '../../../core/rfb/rfb-failure.ts';
import { reachByWays, type RfbWay, type Tunnel } from '../../../node/rfb/reach-ways.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import type { TerminalPeer, TerminalReach, TerminalSize } from './terminal-stream.ts';

const ANSWER_TIMEOUT_MS = 15_000;

export interface SerialConsoleOptions {
  readonly ways: readonly RfbWay[];
  /** Connects from the hypervisor's host onward; absent where no way needs it. */
  readonly tunnel: ((signal: AbortSignal) => Tunnel) | undefined;
  /** Told with the place of the way that was taken. */
  readonly reached: (way: number) => void;
}

/** The text console of a machine, by the proxy of its agent: what the wire has is what is shown. */
export class SerialConsole implements TerminalReach<RfbFailure> {
  readonly #options: SerialConsoleOptions;

  constructor(options: SerialConsoleOptions) {
    this.#options = options;
  }

  async connect(_size: TerminalSize, signal: AbortSignal): Promise<TerminalPeer<RfbFailure>> {
    const { ways, tunnel, reached } = this.#options;
    const patience = { clock: systemClock, timeoutMs: ANSWER_TIMEOUT_MS, signal };
    const { duplex, index } = await reachByWays(ways, patience, tunnel?.(signal));
    reached(index);
    return {
      duplex,
      ended: endOf(duplex),
      unsentBytes: () => duplex.writableLength,
      unread: { code: 'unread' },
      // A serial line has no size: the guest never learns of a window.
      resize: () => undefined,
      close: () => void duplex.destroy(),
    };
  }

  failureOf(cause: unknown): RfbFailure | undefined {
    return cause instanceof RfbFailureError ? cause.failure : undefined;
  }
}

/** A line has no end of its own: the machine stopped, somebody took it over, or the way is gone. */
async function endOf(duplex: Duplex): Promise<{ readonly failure: RfbFailure }> {
  if (!duplex.destroyed) {
    await new Promise((resolve) => duplex.once('end', resolve).once('close', resolve));
  }
  return { failure: { code: 'closed' } };
}
