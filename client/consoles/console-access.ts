import type { AppError } from '../../core/contract/app-error.ts';
import type { ConsoleWay } from '../../core/domain/console-way.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';

import type { RfbWay } from '../../node/rfb/reach-ways.ts';
import type { Client } from '../client.ts';
import { planConsole, type ConsolePlan, type SshUse } from './console-plan.ts';
import { type ConsoleWays, waysOfKind } from './console-ways.ts';
import type { Place } from './place.ts';
import type { ScreenPasswords } from './screen-passwords.ts';
import { planText } from './text-plan.ts';
import { type TrustedHosts, trustedPlace } from './trusted-hosts.ts';

export interface ConsoleAccessPorts {
  readonly client: Pick<Client, 'call' | 'entity'>;
  readonly passwords: Pick<ScreenPasswords, 'of' | 'keep'>;
  readonly hosts: TrustedHosts;
  readonly placeOf: (account: BareJid) => Place | Promise<Place>;
  /** Whether a machine's screen may be reached through SSH; never unless given. */
  readonly sshFor?: (entity: Entity) => Promise<SshUse>;
  /** Which kind of way the user wants to a screen; any unless given. */
  readonly ways?: Pick<ConsoleWays, 'of'>;
}

/** How screens are reached, with what the user trusts and has in the keychain. */
export class ConsoleAccess {
  readonly #ports: ConsoleAccessPorts;

  constructor(ports: ConsoleAccessPorts) {
    this.#ports = ports;
  }

  /**
   * All that is needed to open a machine's screen once. It holds secrets. A way that is wanted goes
   * before the one that the user chose for good.
   */
  async plan(entity: Entity, wanted?: ConsoleWay): Promise<Result<ConsolePlan, AppError>> {
    const { client, placeOf } = this.#ports;
    const ssh = await this.#ports.sshFor?.(entity);
    const plan = await planConsole(client, entity, await placeOf(entity.account), ssh);
    if (!plan.ok) return plan;
    const chosen = wanted ?? (await this.#ports.ways?.of(entity.id)) ?? 'auto';
    const [first, ...others] = waysOfKind(chosen, plan.value.ways);
    if (!first) {
      const failure = { code: 'way-missing', way: chosen } as const;
      return err({ code: 'console', machine: entity.name, failure });
    }
    const pinned = (way: RfbWay): Promise<RfbWay> => this.#pinned(way, entity);
    const ways = [await pinned(first), ...(await Promise.all(others.map(pinned)))] as const;
    const password = plan.value.password ?? (await this.#ports.passwords.of(entity.id));
    return ok({ ...plan.value, ways, ...(password !== undefined && { password }) });
  }

  /** The ways to a machine's text console, to open it once. They hold a secret. */
  async planText(
    entity: Entity,
    force: boolean,
  ): Promise<Result<readonly [RfbWay, ...RfbWay[]], AppError>> {
    const { client, placeOf, sshFor } = this.#ports;
    const place = await placeOf(entity.account);
    const ssh = (await sshFor?.(entity)) ?? 'none';
    return planText(client, entity, { place, ssh, force });
  }

  keepPassword(entity: EntityId, password: string): Promise<Result<undefined, AppError>> {
    return this.#ports.passwords.keep(entity, password);
  }

  /** What the agent vouches for goes before what the user once trusted. */
  async #pinned(way: RfbWay, { hypervisor }: Entity): Promise<RfbWay> {
    const place = trustedPlace(way, hypervisor);
    if (way.fingerprint !== undefined || place === undefined) return way;
    const fingerprint = await this.#ports.hosts.fingerprint(place);
    return fingerprint === undefined ? way : { ...way, fingerprint };
  }
}
