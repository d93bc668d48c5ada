import { seededRandom } from '../../agent/hypervisor/simulated/random.ts';
import type { MachineRecord } from '../../agent/store/agent-store.ts';
import type { Entity, EntityState } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { FleetHypervisor } from '../../demo/fleet.ts';
import { type Platform, startPlatform } from '../../demo/platform.ts';
import { type EmbeddedServer, startServer } from '../../demo/server/server.ts';
import { XmppSession } from '../../node/xmpp/session.ts';
import { ApplicationOnPlatform } from '../integration/client/application-on-platform.ts';
import { expectOk } from '../support/expect-result.ts';
import { MemoryStorage } from '../support/client-ports.ts';
import { jid } from '../unit/client/application-fixture.ts';
import { ChaosAudience } from './chaos-audience.ts';
import { ChaosWindow } from './chaos-window.ts';
import { Chronicle } from './chronicle.ts';
import { AgentSessions, watchAgents, watchClient, watchDomains } from './witnesses.ts';

export interface ChaosSize {
  readonly hypervisors: number;
  readonly machines: number;
  readonly seed: number;
}

/** States of the tree in the words of a domain; libvirt keeps no other word for a guest that crashed. */
const SHOWN: Partial<Record<EntityState, string>> = { off: 'shutoff', crashed: 'shutoff' };

/** What is carried out on a machine once for each order. */
const COUNTED = ['suspend', 'resume', 'reboot'] as const;
/** The window that the application has before any of chaos. */
const FIRST_WINDOW = 1;
const MOST_WINDOWS = 6;
const OWN_PREFIX = 'chaos-';

/** Who sees what happens, from before the platform starts. */
interface Watch {
  readonly chronicle: Chronicle;
  readonly agentSessions: AgentSessions;
  readonly stop: () => void;
}

/** An embedded platform with real agents, the client on it, and what may go wrong between them. */
export class ChaosWorld {
  readonly platform: Platform;
  readonly client: ApplicationOnPlatform<ChaosAudience>;
  readonly random: () => number;
  /** How often each was carried out: an action on a machine, a machine made by name, or deleted. */
  readonly carriedOut = new Map<string, number>();
  readonly windows: ChaosWindow[] = [];
  /** What happened last to each entity. */
  readonly chronicle: Chronicle;
  readonly agentSessions: AgentSessions;
  readonly #names = new Map<string, string>();
  readonly #own = new Map<BareJid, string>();
  #lastWindow = FIRST_WINDOW;
  #server: EmbeddedServer;

  readonly #stopWatching: () => void;

  private constructor(platform: Platform, random: () => number, watch: Watch) {
    this.platform = platform;
    this.random = random;
    this.chronicle = watch.chronicle;
    this.agentSessions = watch.agentSessions;
    this.#stopWatching = watch.stop;
    watchDomains(this.chronicle, platform);
    this.#server = platform.server;
    this.client = new ApplicationOnPlatform(
      platform,
      new MemoryStorage(),
      {
        // Half of the links cannot be taken up again, so that both ways are gone.
        createSession: (options) => {
          const session = new XmppSession({ ...options, streamManagement: random() < 0.5 });
          return watchClient(this.chronicle, session);
        },
        random,
      },
      new ChaosAudience(FIRST_WINDOW),
    );
    for (const hypervisor of platform.hypervisors.values()) this.#count(hypervisor);
    for (const { name } of platform.world.hosts) this.#names.set(name, name);
  }

  static async start({ seed, ...sizes }: ChaosSize): Promise<ChaosWorld> {
    const [chronicle, agentSessions] = [new Chronicle(), new AgentSessions()];
    const stop = watchAgents(chronicle, agentSessions);
    const platform = await startPlatform({ ...sizes, seed, clock: 'manual' });
    const watch = { chronicle, agentSessions, stop };
    const world = new ChaosWorld(platform, seededRandom(seed), watch);
    await world.client.logIn();
    return world;
  }

  pick<T>(from: readonly T[]): T {
    const one = from[Math.floor(this.random() * from.length)];
    if (one === undefined) throw new Error('There is nothing to pick from');
    return one;
  }

  /** Machines made by orders of chaos that their hypervisors have now, with their names. */
  ownMachines(): ReadonlyMap<BareJid, string> {
    return this.#own;
  }

  /** Entities of the first host come over TCP, so that more of them would be more sockets. */
  mayGrow(hypervisor: BareJid): boolean {
    return !hypervisor.startsWith(`${this.platform.world.hosts[0]?.name}@`);
  }

  nameOfOwn(number: number): string {
    return `${OWN_PREFIX}${number}`;
  }

  /** The client's connection breaks without a word. */
  cutClient(): void {
    this.chronicle.noteOfAll('the client is cut');
    this.platform.server.domain.cutLinks(this.client.account.jid);
  }

  /** The computer's network is said to have changed: whoever waits tries again at once. */
  changeNetwork(): void {
    this.client.application.networkChanged();
  }

  /** The server ends all connections and comes back with all that it knew. */
  async restartServer(): Promise<void> {
    const { port, tlsPort, certificate, domain } = this.#server;
    this.chronicle.noteOfAll('the server restarts');
    await this.#server.stop();
    // Agents inside this process go on coming through the first one.
    if (this.#server !== this.platform.server) await this.platform.server.stop();
    this.#server = await startServer({
      ...{ domain: domain.name, admins: [], version: 'chaos' },
      ...{ port, tlsPort, certificate, knowledge: domain },
    });
  }

  async restartAgent(): Promise<void> {
    const [name, hypervisor] = this.pick([...this.platform.hypervisors]);
    this.chronicle.note(name, 'chaos', 'its agent restarts');
    await hypervisor.restart();
    this.chronicle.note(name, 'chaos', 'its agent has restarted');
  }

  /** An agent is gone without a word, and another is started where it was. */
  async killAgent(): Promise<void> {
    const [name, hypervisor] = this.pick([...this.platform.hypervisors]);
    const machines = await recordsOf(hypervisor);
    const { domain } = this.platform.server;
    this.chronicle.note(name, 'chaos', 'its agent is killed');
    for (const node of [name, ...machines.map(({ uuid }) => uuid)]) {
      domain.cutLinks(jid(`${node}@${domain.name}`));
    }
    await hypervisor.restart();
    this.chronicle.note(name, 'chaos', 'its agent is there again');
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
  happen(isBusy: (machine: { readonly jid: BareJid }) => boolean): void {
    const { machines } = this.pick(this.platform.world.hosts);
    const { uuid } = this.pick(machines);
    const what = this.pick(['crash', 'start'] as const);
    // What its state says of an order that is on its way must come of that order.
    if (!isBusy({ jid: jid(`${uuid}@${this.platform.server.domain.name}`) })) {
      this.chronicle.note(uuid, 'chaos', what);
      this.platform.happen(uuid, what);
    }
  }

  /** A window opens, one closes, or one shows another machine. */
  useWindow(): void {
    const draw = this.random();
    if (draw < 0.3 && this.windows.length < MOST_WINDOWS) {
      const { application, audience } = this.client;
      this.windows.push(new ChaosWindow((this.#lastWindow += 1), application, audience));
    } else if (draw < 0.5 && this.windows.length > 0) {
      this.windows.splice(Math.floor(this.random() * this.windows.length), 1)[0]?.close();
    } else if (this.windows.length > 0) {
      const machines = this.client.entities().filter(({ kind }) => kind === 'virtualmachine');
      this.pick(this.windows).lookAt(this.pick(machines));
    }
  }

  closeWindows(): void {
    for (const window of this.windows.splice(0)) window.close();
  }

  /** Who should be online and is not, of hypervisors, machines and the client. */
  async down(): Promise<readonly string[]> {
    const nodes = [...(await this.truth()).keys()];
    const down = nodes.filter((node) => this.agentSessions.stateOf(node)?.kind !== 'online');
    return this.client.isOnline ? down : ['the client', ...down];
  }

  /** What the tree must show: each hypervisor and machine with its name, state and hypervisor. */
  async truth(): Promise<ReadonlyMap<string, string>> {
    const lines = new Map<string, string>();
    for (const [name, hypervisor] of this.platform.hypervisors) {
      const shown = this.#names.get(name) ?? name;
      lines.set(name, shown);
      for (const { uuid } of await recordsOf(hypervisor)) {
        const info = await hypervisor.hypervisor.domains.info(uuid);
        lines.set(uuid, `${info.ok ? info.value.state : 'undefined'} on ${shown}`);
      }
    }
    return lines;
  }

  /** What a tree of these entities shows. */
  tree(entities: readonly Entity[] = this.client.entities()): ReadonlyMap<string, string> {
    const names = new Map(entities.map(({ id, name }) => [id, name]));
    return new Map(
      entities.flatMap((one): [string, string][] => {
        const node = one.jid.split('@')[0] ?? '';
        if (one.kind === 'hypervisor') return [[node, one.name]];
        if (one.kind !== 'virtualmachine') return [];
        const hypervisor = one.hypervisor && names.get(one.hypervisor);
        return [[node, `${SHOWN[one.state] ?? one.state} on ${hypervisor ?? 'nothing'}`]];
      }),
    );
  }

  async stop(): Promise<void> {
    this.closeWindows();
    await this.client.stop();
    await this.#server.stop();
    await this.platform.stop();
    this.#stopWatching();
  }

  #count({ hypervisor: { domains }, store: { machines } }: FleetHypervisor): void {
    for (const action of COUNTED) {
      const carryOut = domains[action].bind(domains);
      domains[action] = async (uuid) => {
        const reply = await carryOut(uuid);
        if (reply.ok) this.#carriedOut(`${action} ${uuid}`);
        return reply;
      };
    }
    const save = machines.save.bind(machines);
    machines.save = async (after) => {
      const before = expectOk(await machines.load()) ?? [];
      for (const one of without(after, before)) this.#keepOwn(one, true);
      for (const one of without(before, after)) this.#keepOwn(one, false);
      return save(after);
    };
  }

  #keepOwn({ uuid, name }: MachineRecord, isKept: boolean): void {
    const machine = jid(`${uuid}@${this.platform.server.domain.name}`);
    if (isKept) this.#own.set(machine, name);
    else this.#own.delete(machine);
    this.#carriedOut(isKept ? name : `free ${machine}`);
  }

  #carriedOut(key: string): void {
    this.carriedOut.set(key, (this.carriedOut.get(key) ?? 0) + 1);
  }
}

async function recordsOf({ store }: FleetHypervisor): Promise<readonly MachineRecord[]> {
  return expectOk(await store.machines.load()) ?? [];
}

/** Those of some machines that are not among others. */
function without(some: readonly MachineRecord[], others: readonly MachineRecord[]) {
  const known = new Set(others.map(({ uuid }) => uuid));
  return some.filter(({ uuid }) => !known.has(uuid));
}
