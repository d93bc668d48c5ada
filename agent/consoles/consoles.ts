import type { Configuration } from '../configuration/configuration.ts';
import type { HypervisorHost } from '../machines/hypervisor-host.ts';
import type { AgentStore } from '../store/agent-store.ts';
import { ConsoleTokens } from './console-tokens.ts';
import { MachineProxies, type ProxySettings } from './machine-proxies.ts';
import { fingerprintOf, proxyCertificate } from './proxy-certificate.ts';

/** What the modules of screens and consoles share on one hypervisor. */
export interface Consoles {
  readonly tokens: ConsoleTokens;
  readonly proxies: MachineProxies;
  readonly settings: ProxySettings;
  /** SHA-256 of the proxies' certificate; undefined where they have none. */
  readonly fingerprint: string | undefined;
}

interface Surroundings {
  readonly configuration: Configuration;
  readonly hostname: string;
  readonly store: AgentStore;
  readonly now: () => Date;
}

/** The consoles as the configuration wants them; nothing where their module is not loaded. */
export async function makeConsoles(
  host: HypervisorHost,
  { configuration, hostname, store, now }: Surroundings,
): Promise<Consoles | undefined> {
  if (!configuration.modules.some(({ id, isLoaded }) => id === 'vnc' && isLoaded)) return undefined;
  const { VNC } = configuration.values;
  const { logger } = host;
  const tls = await proxyCertificate({
    file: VNC.vnc_certificate_file,
    names: [hostname],
    store,
    logger,
    now,
  });
  const isOpen = VNC.vnc_original_clients;
  if (VNC.vnc_only_ssl && tls === undefined) {
    logger.error('VNC vnc_only_ssl is set without a certificate, so nobody can open a screen');
  }
  if (isOpen)
    logger.warning('VNC vnc_original_clients is set: whoever reaches a proxy sees its screen');
  const listen = VNC.vnc_listen ?? (isOpen ? '0.0.0.0' : '127.0.0.1');
  const tokens = new ConsoleTokens();
  const settings = { listen, tls, isTlsOnly: VNC.vnc_only_ssl, isOpen };
  return {
    tokens,
    settings,
    proxies: new MachineProxies(host, tokens, settings),
    // Read when a console is first opened: most are not.
    get fingerprint() {
      return tls && fingerprintOf(tls);
    },
  };
}
