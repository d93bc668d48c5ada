import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import type { ProtocolErrorCode } from '../../core/protocol/errors.ts';
import { vmConsole } from '../../core/protocol/vm-console.ts';
import { vnc } from '../../core/protocol/vnc.ts';
import { TOKEN_SECONDS } from '../consoles/console-tokens.ts';
import type { Consoles } from '../consoles/consoles.ts';
import {
  isLoopback,
  isOnNetwork,
  reachableAddress,
  readScreen,
  type Screen,
} from '../consoles/screen.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import { parseDefinition } from '../machines/definition.ts';
import type { Machine } from '../machines/machine.ts';
import { isNoDomain } from '../machines/machine-presence.ts';
import { libvirtFailure } from './failures.ts';
import { given } from './given.ts';
import { addressOf } from './host-address.ts';
import type { ModuleContext } from './module-context.ts';
import { maySeeSecrets } from './secrets.ts';

/** The screen of a virtual machine as original clients ask for it (protocol: vnc). */
export function vncModule(
  context: ModuleContext,
  consoles: Consoles,
  machine: Machine,
): ServedGroup {
  return serve(vnc, {
    display: async () => {
      const found = await screenOf(context, machine, false, 'vnc-display-failed');
      if (!found.ok) return found;
      const { screen, isRunning } = found.value;
      if (!screen) return ok({});
      const port = (isRunning ? screen.port : undefined) ?? -1;
      const hasProxy = consoles.proxies.portOf(machine.uuid) !== undefined;
      return ok({
        type: screen.type,
        port,
        proxyPort: port < 0 ? -1 : (consoles.proxies.portOf(machine.uuid) ?? -1),
        host: addressOf(context.settings),
        onlyTls: hasProxy && consoles.settings.isTlsOnly,
        supportsTls: hasProxy && consoles.settings.tls !== undefined,
      });
    },
  });
}

/** The consoles of a virtual machine, each opened by a token of its own. */
export function consoleModule(
  context: ModuleContext,
  consoles: Consoles,
  machine: Machine,
): ServedGroup {
  return serve(vmConsole, {
    open: async (_request, { jid }) => {
      const secure = maySeeSecrets(machine, jid);
      const found = await screenOf(context, machine, secure, 'console-open-failed');
      if (!found.ok) return found;
      const { screen, isRunning } = found.value;
      if (!isRunning) {
        return err({ code: 'vm-not-running', text: 'Virtual machine must be running.' });
      }
      await consoles.proxies.refresh(machine);
      const proxyPort = consoles.proxies.portOf(machine.uuid);
      if (screen?.port === undefined || proxyPort === undefined) {
        const text = 'The virtual machine has no screen that can be reached.';
        return err({ code: 'console-no-screen', text });
      }
      const { type, password, keymap, port } = screen;
      const open = () => consoles.proxies.openScreen(machine);
      return ok({
        type,
        token: consoles.tokens.issue(machine.uuid, open),
        expiresInSeconds: TOKEN_SECONDS,
        ...given({ fingerprint: consoles.fingerprint, password, keymap }),
        transports: [
          proxyTransport(context, consoles, proxyPort),
          ...directTransports(context, screen, port),
        ],
      });
    },
  });
}

function proxyTransport({ settings }: ModuleContext, consoles: Consoles, port: number) {
  const { listen, tls, isTlsOnly } = consoles.settings;
  const isLocal = isLoopback(listen);
  const everywhere = reachableAddress(listen) !== listen;
  return {
    kind: 'websocket',
    host: everywhere ? addressOf(settings) : listen,
    port,
    reach: isLocal ? 'host' : 'network',
    tls: tls === undefined ? 'none' : isTlsOnly ? 'required' : 'optional',
  } as const;
}

/** The screen itself: through SSH always, and from the network where its definition offers it there. */
function directTransports({ settings }: ModuleContext, screen: Screen, port: number) {
  const direct = { kind: 'tcp', port, tls: 'none' } as const;
  const local = { ...direct, host: reachableAddress(screen.listen), reach: 'host' } as const;
  if (!isOnNetwork(screen)) return [local];
  const everywhere = reachableAddress(screen.listen) !== screen.listen;
  const host = everywhere ? addressOf(settings) : local.host;
  return [local, { ...direct, host, reach: 'network' } as const];
}

interface FoundScreen {
  readonly screen: Screen | undefined;
  readonly isRunning: boolean;
}

async function screenOf(
  { host }: ModuleContext,
  machine: Machine,
  secure: boolean,
  failed: ProtocolErrorCode,
): Promise<Result<FoundScreen, ActionFailure>> {
  const { domains } = host.hypervisor;
  const [info, text] = await Promise.all([
    domains.info(machine.uuid),
    domains.getXml(machine.uuid, { secure }),
  ]);
  const refused = !info.ok ? info.error : !text.ok ? text.error : undefined;
  if (refused) {
    if (!isNoDomain(refused)) return err(libvirtFailure(refused, failed));
    const said = 'You need to first define the virtual machine';
    return err({ code: 'vm-not-defined', text: said });
  }
  const document = text.ok ? parseDefinition(text.value) : err('');
  if (!document.ok) return err({ code: failed, text: document.error });
  const isRunning = info.ok && !['shutoff', 'crashed', 'nostate'].includes(info.value.state);
  return ok({ screen: readScreen(document.value.root), isRunning });
}
