import type { Duplex } from 'node:stream';
import { RfbFailureError } from '../../../core/rfb/rfb-failure.ts';
import { SshFailureError } from '../../../node/ssh/ssh-failure-error.ts';
import type { Tunnel } from '../../../node/rfb/reach-ways.ts';
import type { SshTarget } from './ssh-messages.ts';
import type { SshLease, SshPool } from './ssh-pool.ts';

/** Reaches screens from an SSH host onward; the connection is used as long as the screen is open. */
export function tunnelThrough(pool: SshPool, target: SshTarget, signal: AbortSignal): Tunnel {
  return async (host, port): Promise<Duplex> => {
    let lease: SshLease | undefined;
    try {
      lease = await pool.acquire(target, signal);
      const duplex = await lease.connection.tunnel(host, port);
      duplex.once('close', lease.release);
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
