import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure, ReplyOf, RequestOf } from '../../core/protocol/define-action.ts';
import { vmConsole } from '../../core/protocol/vm-console.ts';
import { TOKEN_SECONDS } from '../consoles/console-tokens.ts';
import type { Consoles } from '../consoles/consoles.ts';
import { isLoopback, isOnNetwork, reachableAddress, type Screen } from '../consoles/screen.ts';
import { serve, type Requester, type ServedGroup } from '../entities/dispatcher.ts';
import type { Machine } from '../machines/machine.ts';
import { isNoDomain } from '../machines/machine-presence.ts';
import { libvirtFailure } from './failures.ts';
import { given } from './given.ts';
import { addressOf } from './host-address.ts';
import type { ModuleContext } from './module-context.ts';
import { maySeeSecrets } from './secrets.ts';
import { screenOf } from './vnc-module.ts';

type Opened = ReplyOf<typeof vmConsole.open>;
type Outcome<T> = Promise<Result<T, ActionFailure>>;

const HOLD_MS = 50;
const MOST_KEYS = 16;

/** The consoles of a virtual machine, each opened by a token of its own, and its keyboard. */
export function consoleModule(
  context: ModuleContext,
  consoles: Consoles,
  machine: Machine,
): ServedGroup {
  return serve(vmConsole, {
    open: async (request, requester) => {
      const at = { context, consoles, machine };
      return request.kind === 'text' ? openText(at, requester, request) : openScreen(at, requester);
    },
    sendkeys: async ({ scancodes, holdMs = HOLD_MS }) => {
      const codes = scancodes.map((one) => Number.parseInt(one, 16));
      const areKeys = scancodes.every((one) => /^\s*[0-9a-f]{1,2}\s*$/iu.test(one));
      if (!areKeys || codes.length === 0 || codes.length > MOST_KEYS) {
        const text = `scancodes must be 1 to ${MOST_KEYS} hexadecimal numbers up to ff.`;
        return err({ code: 'console-sendkeys-failed', text });
      }
      const { domains } = context.host.hypervisor;
      const pressed = await domains.sendKeys(machine.uuid, codes, holdMs);
      if (pressed.ok) return ok(undefined);
      if (isNoDomain(pressed.error)) return err({ code: 'vm-not-defined' });
      return err(libvirtFailure(pressed.error, 'console-sendkeys-failed'));
    },
  });
}

interface At {
  readonly context: ModuleContext;
  readonly consoles: Consoles;
  readonly machine: Machine;
}

async function openScreen(at: At, { jid }: Requester): Outcome<Opened> {
  const { context, consoles, machine } = at;
  const secure = maySeeSecrets(machine, jid);
  const found = await screenOf(context, machine, secure, 'console-open-failed');
  if (!found.ok) return found;
  const { screen, isRunning } = found.value;
  if (!isRunning) return notRunning();
  await consoles.proxies.refresh(machine);
  const proxyPort = consoles.proxies.portOf(machine.uuid);
  if (screen?.port === undefined || proxyPort === undefined) {
    const text = 'The virtual machine has no screen that can be reached.';
    return err({ code: 'console-no-screen', text });
  }
  const { type, password, keymap, port } = screen;
  return ok({
    type,
    token: consoles.tokens.issue(jid, machine.uuid, () => consoles.proxies.openScreen(machine)),
    expiresInSeconds: TOKEN_SECONDS,
    ...given({ fingerprint: consoles.fingerprint, password, keymap }),
    transports: [
      proxyTransport(context, consoles, proxyPort),
      ...directTransports(context, screen, port),
    ],
  });
}

async function openText(
  { context, consoles, machine }: At,
  { jid }: Requester,
  { device, force }: RequestOf<typeof vmConsole.open>,
): Outcome<Opened> {
  const found = await screenOf(context, machine, false, 'console-open-failed');
  if (!found.ok) return found;
  if (!found.value.isRunning) return notRunning();
  await consoles.proxies.refresh(machine, true);
  const port = consoles.proxies.portOf(machine.uuid);
  if (port === undefined) {
    const text = 'The proxy does not listen; the log of the agent says why.';
    return err({ code: 'console-open-failed', text });
  }
  const open = () => consoles.proxies.openText(machine, { device, force });
  return ok({
    type: 'text',
    token: consoles.tokens.issue(jid, machine.uuid, open),
    expiresInSeconds: TOKEN_SECONDS,
    ...given({ fingerprint: consoles.fingerprint }),
    transports: [proxyTransport(context, consoles, port)],
  });
}

function notRunning() {
  return err({ code: 'vm-not-running', text: 'Virtual machine must be running.' } as const);
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
