import type { Tunnel } from '../../../node/rfb/reach-ways.ts';
import { tunnelOver } from '../../../node/rfb/ssh-tunnel.ts';
import type { SshTarget } from './ssh-messages.ts';
import type { SshPool } from './ssh-pool.ts';

/** Reaches screens from an SSH host onward, by a connection that others may use too. */
export function tunnelThrough(pool: SshPool, target: SshTarget, signal: AbortSignal): Tunnel {
  return tunnelOver(() => pool.acquire(target, signal));
}
