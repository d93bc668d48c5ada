import { powerMonitor } from 'electron';
import type { Client } from '../../client/client.ts';
import type { HostDesks } from './host-desks.ts';
import { watchNetwork } from './network-watch.ts';

/**
 * Sleep, wake-up and a change of network make every link be checked at once, and sleep lets go of the
 * keys of guests, until the returned function is called.
 */
export function watchLink(
  client: Pick<Client, 'suspended' | 'woke' | 'networkChanged'>,
  desks: Pick<HostDesks, 'suspended'>,
): () => void {
  const suspended = (): void => {
    desks.suspended();
    client.suspended();
  };
  const woke = (): void => client.woke();
  powerMonitor.on('suspend', suspended);
  powerMonitor.on('resume', woke);
  const stop = watchNetwork(() => client.networkChanged());
  return () => {
    powerMonitor.off('suspend', suspended);
    powerMonitor.off('resume', woke);
    stop();
  };
}
