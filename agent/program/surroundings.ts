import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Values } from '../configuration/configuration.ts';
import type { Reach } from '../connect.ts';
import { LibvirtHypervisor } from '../hypervisor/libvirt/libvirt-hypervisor.ts';
import { parseLibvirtUri } from '../hypervisor/libvirt/libvirt-uri.ts';
import type { Logger } from '../log/logger.ts';

/** How the server is reached as the configuration says; a reason when its file of authorities cannot be read. */
export async function reachOf({ GLOBAL }: Values): Promise<Result<Reach, string>> {
  const { xmpp_host: host, xmpp_port: port, xmpp_ca_file: file } = GLOBAL;
  const endpoint = host === undefined ? {} : { endpoint: { host, port } };
  const pin = GLOBAL.xmpp_fingerprint;
  const pinned = pin === undefined ? {} : { pinnedFingerprint: pin.toUpperCase() };
  if (file === undefined) return ok({ ...endpoint, tls: pinned });
  try {
    return ok({ ...endpoint, tls: { ...pinned, ca: await readFile(file, 'utf8') } });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return err(`xmpp_ca_file in section [GLOBAL] cannot be read: ${why}`);
  }
}

/** The hypervisor that the configuration names, not yet connected; a reason when its URI cannot be used. */
export function hypervisorOf(
  { GLOBAL }: Values,
  logger: Logger,
): Result<LibvirtHypervisor, string> {
  const uri = parseLibvirtUri(GLOBAL.libvirt_uri, {
    isRoot: process.getuid?.() === 0,
    runtimeDirectory: process.env['XDG_RUNTIME_DIR'],
    cacheDirectory: process.env['XDG_CACHE_HOME'],
    homeDirectory: homedir(),
  });
  if (!uri.ok) return err(uri.error.message);
  const onThrown = (cause: unknown): void =>
    logger.error(`LIBVIRT a listener failed: ${stackOf(cause)}`);
  return ok(new LibvirtHypervisor({ uri: uri.value, onThrown }));
}

/** What a thrown thing tells of where it came from. */
export function stackOf(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
