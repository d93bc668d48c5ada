import { powerMonitor } from 'electron';
import type { Client } from '../../client/client.ts';
import { watchNetwork } from './network-watch.ts';

/** Sleep, wake-up and a change of network make every link be checked at once, until the returned function is called. */
export function watchLink(
  client: Pick<Client, 'suspended' | 'woke' | 'networkChanged'>,
): () => void {
  const suspended = (): void => client.suspended();
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
