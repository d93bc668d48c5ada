import type { Duplex } from 'node:stream';
import { RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import type { SshConnection } from '../ssh/ssh-connection.ts';
import { SshFailureError } from '../ssh/ssh-failure-error.ts';
import type { Tunnel } from './reach-ways.ts';

/** The use of an SSH connection; whoever holds it gives it back, once. */
export interface TunnelledConnection {
  readonly connection: Pick<SshConnection, 'tunnel' | 'closed'>;
  readonly release: () => void;
}

/** Reaches screens from an SSH host onward; the connection is used as long as the screen is open. */
export function tunnelOver(acquire: () => Promise<TunnelledConnection>): Tunnel {
  return async (host, port): Promise<Duplex> => {
    let lease: TunnelledConnection | undefined;
    try {
      lease = await acquire();
      const duplex = await lease.connection.tunnel(host, port);
      duplex.once('close', lease.release);
      // A channel that is left in the middle of a picture closes only when the rest has been read.
      duplex.once('finish', () => duplex.resume());
      // A channel that nobody reads at the moment does not tell that its connection was killed.
      void lease.connection.closed.then(() => duplex.emit('close'));
      return duplex;
    } catch (cause) {
      lease?.release();
      if (!(cause instanceof SshFailureError)) throw cause;
      throw new RfbFailureError({ code: 'tunnel', failure: cause.failure });
    }
  };
}
