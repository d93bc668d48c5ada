import { KnownHostsFiles } from './known-hosts-files.ts';
import { knownKeyTypes } from './known-hosts.ts';
import type { SshDestination } from './ssh-endpoint.ts';
import { SshFailureError } from './ssh-failure-error.ts';
import type { SshRoutes } from './ssh-route.ts';

/** Whether known_hosts files name a key of the host; false where they or the way to it cannot be read. */
export async function isHostKnown(
  destination: SshDestination,
  routes: Pick<SshRoutes, 'to'>,
  ownKnownHosts: string,
): Promise<boolean> {
  try {
    const endpoint = (await routes.to(destination)).at(-1);
    if (!endpoint) return false;
    const lines = await new KnownHostsFiles(ownKnownHosts).read(endpoint.knownHostsFiles);
    return knownKeyTypes(lines, endpoint.hostKeyName, endpoint.port).length > 0;
  } catch (cause) {
    if (cause instanceof SshFailureError) return false;
    throw cause;
  }
}
