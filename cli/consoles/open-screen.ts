import type { ErrorNotice } from '../../core/messages/en/error-words.ts';
import { describeError } from '../../core/messages/en/errors.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { type RfbFailure, RfbFailureError } from '../../core/rfb/rfb-failure.ts';
import { HeadlessRfb } from '../../node/rfb/headless-rfb.ts';
import { reachByWays, type RfbWay, type Tunnel } from '../../node/rfb/reach-ways.ts';
import { systemClock } from '../../node/xmpp/clock.ts';
import type { CliClient } from '../cli-client.ts';
import type { ScreenOptions } from './screen-options.ts';

const ANSWER_TIMEOUT_MS = 15_000;

/** A machine's screen, and the keymap that its agent tells. */
export interface OpenScreen {
  readonly viewer: HeadlessRfb;
  readonly keymap: string | undefined;
}

/** Opens the screen of a machine as a viewer without a window; or says in words why not. */
export async function openScreen(
  cli: CliClient,
  entity: Entity,
  options: ScreenOptions = {},
): Promise<Result<OpenScreen, string>> {
  const plan = await cli.consoles.plan(entity, options.via);
  if (!plan.ok) {
    const { title, hint } = describeError(plan.error);
    return err(`${title} ${hint}`);
  }
  const { ways, credentials, keymap } = plan.value;
  const { signal } = new AbortController();
  const patience = { clock: systemClock, timeoutMs: ANSWER_TIMEOUT_MS, signal };
  try {
    const tunnel = await tunnelFor(cli, entity, ways, { options, signal });
    const { duplex, trust } = await reachByWays(ways, patience, tunnel);
    const viewer = await HeadlessRfb.open(duplex, { ...patience, trust, credentials });
    return ok({ viewer, keymap });
  } catch (cause) {
    if (!(cause instanceof RfbFailureError)) throw cause;
    const { title, hint } = describeScreenFailure(entity, cause.failure);
    return err(`${title} ${hint}`);
  }
}

/** The way through the host, where one of the ways leads there; SSH is loaded for it alone. */
async function tunnelFor(
  cli: CliClient,
  entity: Entity,
  ways: readonly RfbWay[],
  { options, signal }: { readonly options: ScreenOptions; readonly signal: AbortSignal },
): Promise<Tunnel | undefined> {
  const hypervisor = cli.hosts.hypervisorOf(entity);
  if (!hypervisor || !ways.some(({ isThroughSsh }) => isThroughSsh === true)) return undefined;
  const { tunnelThroughHost } = await import('./host-tunnel.ts');
  const host = await cli.hosts.profileOf(hypervisor);
  return tunnelThroughHost(host, cli.profile, { trusted: options.trustHostKey ?? [], signal });
}

/** What happened to a machine's screen, and the remedy. */
export function describeScreenFailure({ name }: Entity, failure: RfbFailure): ErrorNotice {
  return describeError({ code: 'console', machine: name, failure });
}
