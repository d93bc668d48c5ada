import type { ConnectionState } from '../../../core/contract/accounts.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { StateLook } from '../../parts/state-look.ts';

/** The mark of a connection. */
export function connectionLook(state: ConnectionState | undefined): StateLook {
  switch (state?.name) {
    case 'online':
      return { shape: 'play', tone: 'running' };
    case 'connecting':
      return { shape: 'dots', tone: 'moving' };
    case 'waiting':
      return { shape: 'clock', tone: 'paused' };
    case 'failed':
      return { shape: 'warning', tone: 'crashed' };
    default:
      return { shape: 'ring', tone: 'off' };
  }
}

/** A connection in words; `now` in milliseconds since 1970. */
export function connectionWords(
  state: ConnectionState,
  now: number,
  { connections }: Pick<Messages['shell'], 'connections'>,
): string {
  switch (state.name) {
    case 'online':
      return connections.online;
    case 'connecting':
      return connections.connecting(state.step);
    case 'waiting':
      return connections.waiting(Math.max(0, Math.ceil((state.at - now) / 1000)));
    case 'failed':
      return connections.failed;
    case 'offline':
      return connections.offline;
  }
}
