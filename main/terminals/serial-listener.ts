import type { TerminalRoute, TerminalState } from '../../core/contract/terminals.ts';
import type { ConsoleFailure } from '../../core/domain/console-failure.ts';
import type { RfbWay } from '../../node/rfb/reach-ways.ts';
import type { StreamListener } from '../streams/stream-listeners.ts';
import type { Held } from '../streams/window-streams.ts';

/** Follows the text console of a machine, and says how it is reached and how it ended. */
export function serialListener(
  machine: string,
  ways: readonly RfbWay[],
  held: Held,
  tell: (state: TerminalState) => void,
): StreamListener {
  const end = (failure: ConsoleFailure): void => {
    held.stream = undefined;
    tell({ name: 'ended', error: { code: 'console', machine, failure } });
  };
  return {
    lost: end,
    hear(report) {
      if (report.kind === 'serial-open') {
        const way = ways[report.way];
        if (way) tell({ name: 'open', route: routeOf(way) });
      }
      if (report.kind !== 'serial-ended') return false;
      const { failure } = report;
      const reason = failure.code === 'websocket-refused' ? failure.reason : undefined;
      end(reason === undefined ? failure : { code: 'text-refused', reason });
      return true;
    },
  };
}

function routeOf({ host, port, isTls, isThroughSsh = false }: RfbWay): TerminalRoute {
  return {
    kind: isThroughSsh ? 'tunnel' : 'websocket',
    address: `${host}:${port}`,
    isEncrypted: isTls || isThroughSsh,
  };
}
