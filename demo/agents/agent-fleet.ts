import { randomBytes } from 'node:crypto';
import { type Agent, startAgent } from '../../agent/agent.ts';
import type { AgentParts } from '../../agent/assembly/agent-parts.ts';
import { Doorway } from '../../agent/doorway.ts';
import { entitySessions, type Reach } from '../../agent/connect.ts';
import { HealthCollector } from '../../agent/health/collector.ts';
import { Past, tiersFor } from '../../agent/health/past.ts';
import { SimulatedProbe } from '../../agent/health/simulated-probe.ts';
import { seededRandom, seedOf } from '../../agent/hypervisor/simulated/random.ts';
import { SimulatedHypervisor } from '../../agent/hypervisor/simulated/simulated-hypervisor.ts';
import { logSink } from '../../agent/log/log-sink.ts';
import { noFiles } from '../../agent/machines/machine-files.ts';
import type { OwnCertificate } from '../../agent/store/agent-store.ts';
import { makeCertificate } from '../../node/tls/server-certificate.ts';
import type { ScramKeyCache, ScramKeys } from '../../node/xmpp/session-options.ts';
import type { Fleet, FleetHypervisor } from '../fleet.ts';
import type { JidOf } from '../scripted/scripted-fleet.ts';
import type { Surroundings } from '../scripted/surroundings.ts';
import type { EmbeddedServer } from '../server/server.ts';
import { avatarPng } from '../world/avatar.ts';
import type { Happening } from '../world/happenings.ts';
import { simulatedHost } from '../world/simulated-host.ts';
import type { Host, World } from '../world/world.ts';
import { agentConfiguration } from './agent-configuration.ts';
import { furnish } from './furnish.ts';
import { filledStore, storeWhile, type FleetFacts } from './agent-records.ts';

const SAMPLE_MS = 1000;
/** Above this many hosts, all that is measured would keep the machine busy by itself. */
const HOSTS_BY_SECOND = 20;
const SELDOM = { intervalMs: 10_000, share: 0.1 };
const DAY_MS = 86_400_000;
const CERTIFICATE_DAYS = 365;
/** Of all agents together. */
const LOGINS_AT_ONCE = 32;

/** What the agents of the demo need besides the world. */
export interface AgentFleetParts {
  readonly server: EmbeddedServer;
  readonly surroundings: Surroundings;
  readonly jidOf: JidOf;
  /** Takes each line of the log of a host's agent. */
  readonly logs: { readonly write: (host: string, line: string) => void };
  readonly seed: number;
}

/** Pictures by file name, each drawn when it is first looked at. */
class DrawnAvatars extends Map<string, Uint8Array> {
  constructor(names: readonly string[]) {
    super(names.map((name) => [`${name}.png`, new Uint8Array()]));
  }

  override get(file: string): Uint8Array | undefined {
    if (!this.has(file)) return undefined;
    const known = super.get(file);
    if (known && known.length > 0) return known;
    const drawn = avatarPng(file.replace(/\.png$/, ''));
    this.set(file, drawn);
    return drawn;
  }

  override *[Symbol.iterator](): MapIterator<[string, Uint8Array]> {
    for (const name of this.keys()) yield [name, this.get(name) ?? new Uint8Array()];
  }
}

class KeyCache implements ScramKeyCache {
  readonly #keys = new Map<string, Promise<ScramKeys>>();

  get(key: string): Promise<ScramKeys> | undefined {
    return this.#keys.get(key);
  }

  set(key: string, keys: Promise<ScramKeys>): void {
    this.#keys.set(key, keys);
  }
}

/** The first agent comes over TLS like a stranger, so that this way is always tried; the others inside the process. */
function reachOf(
  server: EmbeddedServer,
  index: number,
  scramKeys: ScramKeyCache,
  doorway: Doorway,
): Reach {
  if (index > 0) {
    const open = () => Promise.resolve(server.connect());
    return { transport: { isSecure: true, open }, scramKeys, doorway };
  }
  const endpoint = { host: server.host, port: server.port };
  return {
    endpoint,
    tls: { pinnedFingerprint: server.certificate.fingerprint },
    scramKeys,
    doorway,
  };
}

/**
 * All lines are in the agents' own logs; what went wrong inside also goes where the demo's complaints
 * go. What happens to a guest is part of its world.
 */
function noted(host: string, logs: AgentFleetParts['logs']): (line: string) => void {
  return (line) => {
    if (/^(?:CRITICAL|ERROR)/u.test(line) && !line.includes('::DOMAIN ')) console.error(line);
    logs.write(host, line);
  };
}

/** How often the figures of a host are taken, and which part of their usual past is kept. */
interface Measuring {
  readonly intervalMs: number;
  readonly share: number;
}

type MakeParts = (isEnded: () => boolean) => AgentParts;

/** What makes an agent for a host, each time anew, on one hypervisor and one store. */
async function prepareHost(
  host: Host,
  facts: FleetFacts,
  reach: Reach,
  { surroundings, jidOf, logs, seed }: AgentFleetParts,
  measuring: Measuring,
): Promise<Pick<FleetHypervisor, 'hypervisor' | 'store'> & { readonly parts: MakeParts }> {
  const { clock, domain } = surroundings;
  const ownSeed = seedOf(seed, host.name);
  const world = simulatedHost(host);
  // Each agent has its own: who listens to one would keep an agent that has ended.
  const newLog = () => logSink('debug', noted(host.name, logs), () => new Date(clock.now()));
  const log = newLog();
  const hypervisor = new SimulatedHypervisor({
    world,
    seed: ownSeed,
    clock,
    onThrown: (cause) => log.loggerOf(host.name).error(String(cause)),
    servesScreens: true,
  });
  const store = await filledStore(host, facts);
  const past = new Past(tiersFor(measuring.intervalMs, measuring.share));
  const parts = (isEnded: () => boolean): AgentParts => ({
    configuration: agentConfiguration(host, {
      domain: domain.name,
      password: facts.password,
      organisation: facts.organisation,
      admin: jidOf('admin'),
    }),
    hostname: host.name,
    hypervisor,
    store: storeWhile(store, isEnded),
    sessions: entitySessions(reach),
    files: noFiles,
    statistics: new HealthCollector({
      hypervisor,
      probe: new SimulatedProbe({ node: world.node, seed: ownSeed, clock }),
      past,
      clock,
      intervalMs: measuring.intervalMs,
      onTrouble: (why) => log.loggerOf(host.name).warning(`HEALTH cannot be measured: ${why}`),
    }),
    log: newLog(),
    avatars: new DrawnAvatars([host.name, ...host.machines.map(({ name }) => name)]),
    names: [],
    now: () => new Date(clock.now()),
    random: seededRandom(ownSeed),
  });
  return { hypervisor, store, parts };
}

async function startHost(
  host: Host,
  facts: FleetFacts,
  reach: Reach,
  fleet: AgentFleetParts,
  measuring: Measuring,
): Promise<FleetHypervisor> {
  const { hypervisor, store, parts } = await prepareHost(host, facts, reach, fleet, measuring);
  let count = 0;
  const start = (): Promise<Agent> => {
    const own = (count += 1);
    return begin(
      host,
      parts(() => own !== count),
    );
  };
  let agent = await start();
  let isRunning = true;
  for (const { uuid, state } of host.machines) {
    if (state === 'crashed') hypervisor.faults.crashGuest(uuid);
  }
  return {
    hypervisor,
    store,
    restart: async () => {
      count += 1;
      await agent.stop();
      agent = await start();
      isRunning = true;
    },
    stop: async () => {
      isRunning = false;
      await agent.stop();
    },
    isRunning: () => isRunning,
  };
}

async function begin({ name }: Host, parts: AgentParts): Promise<Agent> {
  const agent = await startAgent(parts);
  if (!agent.ok) throw new Error(`${name} cannot read its store: ${agent.error.code}`);
  return agent.value;
}

async function happenOn(
  { domains, faults }: SimulatedHypervisor,
  uuid: string,
  what: Happening,
): Promise<void> {
  switch (what) {
    case 'crash':
      faults.crashGuest(uuid);
      return;
    case 'pause':
      await domains.suspend(uuid);
      return;
    case 'resume':
      await domains.resume(uuid);
      return;
    case 'shutdown':
      await domains.shutdown(uuid);
      return;
    case 'start':
      await domains.create(uuid);
  }
}

function screenCertificate(domain: string, nowMs: number): OwnCertificate {
  const { certificatePem, keyPem } = makeCertificate({
    names: [`*.${domain}`],
    notBefore: new Date(nowMs - DAY_MS),
    days: CERTIFICATE_DAYS,
  });
  return { certificatePem, keyPem };
}

/** Starts a real agent on a simulated hypervisor for every host of a world. */
export async function startAgentFleet(world: World, parts: AgentFleetParts): Promise<Fleet> {
  const { server, surroundings, jidOf } = parts;
  const facts: FleetFacts = {
    organisation: world.organisation,
    password: randomBytes(24).toString('base64url'),
    people: world.people.map(({ name }) => jidOf(name)),
    standings: surroundings.standings,
    certificate: screenCertificate(server.domain.name, surroundings.clock.now()),
    createdAt: new Date(surroundings.clock.now()).toISOString(),
  };
  for (const host of world.hosts) furnish(host, facts, parts);
  const keys = new KeyCache();
  const doorway = new Doorway(LOGINS_AT_ONCE);
  const isLarge = world.hosts.length > HOSTS_BY_SECOND;
  const measuring = isLarge ? SELDOM : { intervalMs: SAMPLE_MS, share: 1 };
  const started = await Promise.all(
    world.hosts.map((host, index) =>
      startHost(host, facts, reachOf(server, index, keys, doorway), parts, measuring),
    ),
  );
  const hypervisorOf = new Map<string, SimulatedHypervisor>();
  for (const [index, { machines }] of world.hosts.entries()) {
    const hypervisor = started[index]?.hypervisor;
    for (const { uuid } of machines) if (hypervisor) hypervisorOf.set(uuid, hypervisor);
  }
  return {
    hypervisors: new Map(
      world.hosts.flatMap(({ name }, index) => {
        const one = started[index];
        return one ? [[name, one] as const] : [];
      }),
    ),
    happen: (uuid, what) => {
      const hypervisor = hypervisorOf.get(uuid);
      // A step that the machine's state does not allow is refused, and that is all.
      if (hypervisor) void happenOn(hypervisor, uuid, what);
    },
    stop: async () => {
      await Promise.all(started.map((one) => one.stop()));
    },
  };
}
