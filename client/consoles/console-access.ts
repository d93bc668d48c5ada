import type { AppError } from '../../core/contract/app-error.ts';
import type { ConsoleWay } from '../../core/domain/console-way.ts';
import type { Entity, EntityId } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';

import type { RfbWay } from '../../node/rfb/reach-ways.ts';
import type { RfbCredentials } from '../../node/rfb/rfb-options.ts';
import type { Client } from '../client.ts';
import { planConsole, type ConsolePlan, type SshUse } from './console-plan.ts';
import { type ConsoleWays, waysOfKind } from './console-ways.ts';
import type { Place } from './place.ts';
import type { ScreenCredentials, ScreenPasswords } from './screen-passwords.ts';
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

/** A plan with what the user is known by there, as far as that is known. */
export type ScreenPlan = Omit<ConsolePlan, 'password'> & { readonly credentials: RfbCredentials };

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
  async plan(entity: Entity, wanted?: ConsoleWay): Promise<Result<ScreenPlan, AppError>> {
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
    const { password, ...rest } = plan.value;
    return ok({ ...rest, ways, credentials: await this.#credentials(entity.id, password) });
  }

  /** What the agent tells goes first; a server that wants to know who is there is told what the user gave. */
  async #credentials(machine: EntityId, told: string | undefined): Promise<RfbCredentials> {
    const kept = await this.#ports.passwords.of(machine);
    if (told === undefined) return kept ?? {};
    return kept?.username === undefined ? { password: told } : { ...kept, screenPassword: told };
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

  keepPassword(
    entity: EntityId,
    credentials: ScreenCredentials,
  ): Promise<Result<undefined, AppError>> {
    return this.#ports.passwords.keep(entity, credentials);
  }

  /**
   * What the agent vouches for, its proxy, goes before what the user once trusted. For the screen
   * behind it nobody vouches but the user.
   */
  async #pinned(way: RfbWay, { hypervisor }: Entity): Promise<RfbWay> {
    const { host, isThroughSsh, isTls } = way;
    const trusted = async (isProxy: boolean): Promise<string | undefined> => {
      const place = trustedPlace({ host, isThroughSsh, isProxy }, hypervisor);
      return place === undefined ? undefined : this.#ports.hosts.fingerprint(place);
    };
    const [proxy, screen] = [isTls ? await trusted(true) : undefined, await trusted(false)];
    return {
      ...(proxy !== undefined && { fingerprint: proxy }),
      ...way,
      ...(screen !== undefined && { screenFingerprint: screen }),
    };
  }
}
