import type { Domains } from '../../agent/hypervisor/domains.ts';
import { seededRandom } from '../../agent/hypervisor/simulated/random.ts';
import type { Entity, EntityState } from '../../core/domain/entity.ts';
import { type Platform, startPlatform } from '../../demo/platform.ts';
import { type EmbeddedServer, startServer } from '../../demo/server/server.ts';
import { XmppSession } from '../../node/xmpp/session.ts';
import { ApplicationOnPlatform } from '../integration/client/application-on-platform.ts';
import { expectOk } from '../support/expect-result.ts';
import { jid } from '../unit/client/application-fixture.ts';

export interface ChaosSize {
  readonly hypervisors: number;
  readonly machines: number;
  readonly seed: number;
}

/** States of the tree in the words of a domain; libvirt keeps no other word for a guest that crashed. */
const SHOWN: Partial<Record<EntityState, string>> = { off: 'shutoff', crashed: 'shutoff' };

/** What is carried out on a machine once for each order. */
const COUNTED = ['suspend', 'resume', 'reboot'] as const;

/** An embedded platform with real agents, the client on it, and what may go wrong between them. */
export class ChaosWorld {
  readonly platform: Platform;
  readonly client: ApplicationOnPlatform;
  readonly random: () => number;
  /** How often each action was carried out on each machine: `action uuid`. */
  readonly carriedOut = new Map<string, number>();
  readonly #names = new Map<string, string>();
  #server: EmbeddedServer;

  private constructor(platform: Platform, random: () => number) {
    this.platform = platform;
    this.random = random;
    this.#server = platform.server;
    this.client = new ApplicationOnPlatform(platform, undefined, {
      // Half of the links cannot be taken up again, so that both ways are gone.
      createSession: (options) => {
        return new XmppSession({ ...options, streamManagement: random() < 0.5 });
      },
      random,
    });
    for (const { hypervisor } of platform.hypervisors.values()) this.#count(hypervisor.domains);
    for (const { name } of platform.world.hosts) this.#names.set(name, name);
  }

  static async start({ seed, ...sizes }: ChaosSize): Promise<ChaosWorld> {
    const platform = await startPlatform({ ...sizes, seed, clock: 'manual' });
    const world = new ChaosWorld(platform, seededRandom(seed));
    await world.client.logIn();
    return world;
  }

  pick<T>(from: readonly T[]): T {
    const one = from[Math.floor(this.random() * from.length)];
    if (one === undefined) throw new Error('There is nothing to pick from');
    return one;
  }

  /** The client's connection breaks without a word. */
  cutClient(): void {
    const { domain } = this.platform.server;
    const from = this.client.account.jid;
    domain.faults.add({ match: { from }, effect: { kind: 'cut-before-delivery' }, times: 1 });
  }

  /** The server ends all connections and comes back with all that it knew. */
  async restartServer(): Promise<void> {
    const { port, tlsPort, certificate, domain } = this.#server;
    await this.#server.stop();
    this.#server = await startServer({
      ...{ domain: domain.name, admins: [], version: 'chaos' },
      ...{ port, tlsPort, certificate, knowledge: domain },
    });
  }

  async restartAgent(): Promise<void> {
    await this.pick([...this.platform.hypervisors.values()]).restart();
  }

  /** Another name for a hypervisor in everybody's roster. */
  rename(): void {
    const { name, site } = this.pick(this.platform.world.hosts);
    const next = `${name}-${Math.floor(this.random() * 1000)}`;
    this.#names.set(name, next);
    const { domain } = this.platform.server;
    domain.addToGroup(site, jid(`${name}@${domain.name}`), next);
  }

  /** A machine changes without an order of the client. */
  happen(): void {
    const { machines } = this.pick(this.platform.world.hosts);
    const happenings = ['crash', 'start'] as const;
    this.platform.happen(this.pick(machines).uuid, this.pick(happenings));
  }

  /** What the tree must show: each hypervisor and machine with its name, state and hypervisor. */
  async truth(): Promise<ReadonlyMap<string, string>> {
    const lines = new Map<string, string>();
    for (const { name, machines } of this.platform.world.hosts) {
      const shown = this.#names.get(name) ?? name;
      lines.set(name, shown);
      const { hypervisor } = this.platform.hypervisors.get(name) ?? {};
      for (const { uuid } of machines) {
        const info = hypervisor && expectOk(await hypervisor.domains.info(uuid));
        lines.set(uuid, `${info?.state ?? 'absent'} on ${shown}`);
      }
    }
    return lines;
  }

  /** What the tree shows. */
  tree(): ReadonlyMap<string, string> {
    const { inventory } = this.client.application;
    const nameOf = (one: Entity): string =>
      (one.hypervisor && inventory.entity(one.hypervisor)?.name) ?? 'nothing';
    return new Map(
      inventory.snapshot().entities.flatMap((one): [string, string][] => {
        const node = one.jid.split('@')[0] ?? '';
        if (one.kind === 'hypervisor') return [[node, one.name]];
        if (one.kind !== 'virtualmachine') return [];
        return [[node, `${SHOWN[one.state] ?? one.state} on ${nameOf(one)}`]];
      }),
    );
  }

  async stop(): Promise<void> {
    await this.client.stop();
    await this.#server.stop();
    await this.platform.stop();
  }

  #count(domains: Domains): void {
    for (const action of COUNTED) {
      const carryOut = domains[action].bind(domains);
      domains[action] = (uuid) => {
        const key = `${action} ${uuid}`;
        this.carriedOut.set(key, (this.carriedOut.get(key) ?? 0) + 1);
        return carryOut(uuid);
      };
    }
  }
}
