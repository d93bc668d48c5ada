import type { AppError } from '../../core/contract/app-error.ts';
import type { ConsoleFailure } from '../../core/domain/console-failure.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ReplyOf } from '../../core/protocol/define-action.ts';
import { vmConsole } from '../../core/protocol/vm-console.ts';
import { vnc } from '../../core/protocol/vnc.ts';
import type { RfbWay } from '../../node/rfb/reach-ways.ts';
import type { Client } from '../client.ts';
import { endlessWords } from './endless-words.ts';
import type { Place } from './place.ts';

/** All that is needed to open a screen once. It holds secrets, and never reaches a page. */
export interface ConsolePlan {
  /** The safest first. */
  readonly ways: readonly [RfbWay, ...RfbWay[]];
  /** The password of the screen, where the agent tells it. */
  readonly password?: string;
  /** Layout by which the hypervisor maps keysyms. */
  readonly keymap?: string;
}

type Plan = Result<ConsolePlan, AppError>;
type Display = NonNullable<ReplyOf<typeof vnc.display>>;
type Opened = ReplyOf<typeof vmConsole.open>;

/**
 * Whether a screen may be reached through SSH: not at all, before what is not encrypted, since the
 * user set SSH up for this host, or only when nothing else works, since it may ask questions.
 */
export type SshUse = 'none' | 'preferred' | 'last';

const LOOPBACK = '127.0.0.1';

/** Asks a machine's agent how its screen is reached now. */
export async function planConsole(
  client: Pick<Client, 'call' | 'entity'>,
  entity: Entity,
  place: Place,
  ssh: SshUse = 'none',
): Promise<Plan> {
  if (!hasConsoles(entity)) {
    const display = await client.call(entity.id, vnc.display, {});
    // Right after a log-in nobody may have been asked what it is: any question makes it known.
    const isOurs = !entity.agent && hasConsoles(client.entity(entity.id));
    // What `call` answers is the reply of the action that it was given.
    if (!isOurs)
      return display.ok ? planOfOriginal(entity.name, display.value as Display, ssh) : display;
  }
  const opened = await client.call(entity.id, vmConsole.open, {});
  return opened.ok ? planOfOurs(entity.name, opened.value as Opened, place, ssh) : opened;
}

function hasConsoles(entity: Entity | undefined): boolean {
  return entity?.agent?.features.includes(vmConsole.open.namespace) === true;
}

function failed(machine: string, failure: ConsoleFailure): Plan {
  return err({ code: 'console', machine, failure });
}

/** What our agent answers: it names the certificate of its proxy, so nobody else can stand there. */
export function planOfOurs(
  machine: string,
  opened: Opened,
  place: Place,
  ssh: SshUse = 'none',
): Plan {
  if (opened.type !== 'vnc') return failed(machine, { code: 'other-screen', type: opened.type });
  const pin = opened.fingerprint !== undefined && { fingerprint: opened.fingerprint };
  const ways = opened.transports
    .filter(({ reach, kind, tls }) => {
      const isProven = kind === 'websocket' && tls !== 'none' && opened.fingerprint !== undefined;
      const isGood = place === 'here' || (place === 'perhaps-here' && isProven);
      return isGood || reach === 'network';
    })
    .map(({ kind, host, port, tls }): RfbWay => ({
      kind,
      host,
      port,
      isTls: tls !== 'none',
      // The certificate is its proxy's: of the screen itself it says nothing.
      ...(kind === 'websocket' && { token: opened.token, ...pin }),
    }));
  // SSH encrypts, so that the screen itself is enough.
  const tunnels = opened.transports
    .filter(({ reach, kind }) => place !== 'here' && reach === 'host' && kind === 'tcp')
    .map(({ host, port }): RfbWay => throughSsh(host, port));
  const { password, keymap } = opened;
  return planOf(machine, ways, tunnels, ssh, {
    ...(password !== undefined && { password }),
    ...(keymap !== undefined && { keymap }),
  });
}

/** What an original agent answers. Its proxy lets everybody in; TLS is used wherever it is offered. */
export function planOfOriginal(machine: string, display: Display, ssh: SshUse = 'none'): Plan {
  const { type, host, port = -1, proxyPort = -1 } = display;
  if (type === undefined || host === undefined) return failed(machine, { code: 'no-screen' });
  if (type !== 'vnc') return failed(machine, { code: 'other-screen', type });
  if (port <= 0) return failed(machine, { code: 'switched-off' });
  const isTls = display.supportsTls === true || display.onlyTls === true;
  const proxy: RfbWay = { kind: 'websocket', host, port: proxyPort, isTls };
  const direct: RfbWay = { kind: 'tcp', host, port, isTls: false };
  const ways = proxyPort > 0 ? [proxy, direct] : [direct];
  return planOf(machine, ways, [throughSsh(LOOPBACK, port)], ssh, {});
}

function throughSsh(host: string, port: number): RfbWay {
  return { kind: 'tcp', host, port, isTls: false, isThroughSsh: true };
}

function planOf(
  machine: string,
  direct: readonly RfbWay[],
  tunnels: readonly RfbWay[],
  ssh: SshUse,
  rest: Omit<ConsolePlan, 'ways'>,
): Plan {
  const endless = endlessWords([...direct, ...tunnels], [rest.password, rest.keymap]);
  if (endless) return failed(machine, endless);
  const safety = (way: RfbWay): number => {
    if (way.isThroughSsh === true) return ssh === 'preferred' ? 1.5 : -1;
    return Number(way.isTls) * 2 + Number(way.token !== undefined);
  };
  const ways = ssh === 'none' ? direct : [...direct, ...tunnels];
  const [first, ...others] = [...ways].sort((one, other) => safety(other) - safety(one));
  if (first === undefined) return failed(machine, { code: 'host-only' });
  return ok({ ways: [first, ...others], ...rest });
}
