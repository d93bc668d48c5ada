import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import type { ProtocolErrorCode } from '../../core/protocol/errors.ts';
import { vnc } from '../../core/protocol/vnc.ts';
import type { Consoles } from '../consoles/consoles.ts';
import { readScreen, type Screen } from '../consoles/screen.ts';
import { serve, type ServedGroup } from '../entities/dispatcher.ts';
import { parseDefinition } from '../machines/definition.ts';
import type { Machine } from '../machines/machine.ts';
import { isNoDomain } from '../machines/machine-presence.ts';
import { libvirtFailure } from './failures.ts';
import { addressOf } from './host-address.ts';
import type { ModuleContext } from './module-context.ts';

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
      if (port >= 0) await consoles.proxies.refresh(machine);
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

interface FoundScreen {
  readonly screen: Screen | undefined;
  readonly isRunning: boolean;
}

/** The screen in the definition as it runs, and whether it does. */
export async function screenOf(
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
