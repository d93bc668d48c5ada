import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { ManualClock } from '../agent/hypervisor/simulated/manual-clock.ts';
import { BareJid } from '../core/domain/jid.ts';
import type { PlatformAnnouncement } from '../core/domain/platform-announcement.ts';
import { writeAdminAccount } from '../core/protocol/admin-account.ts';
import {
  ADMINS_NODE,
  ADMINS_NODE_CONFIGURATION,
  ROLES_NODE,
  ROLES_NODE_CONFIGURATION,
  TAGS_NODE,
  TAGS_NODE_CONFIGURATION,
} from '../core/protocol/pubsub-nodes.ts';
import { writeVcard } from '../core/protocol/vcard.ts';
import { type Clock, systemClock } from '../node/xmpp/clock.ts';
import { CENTRAL_AGENT } from './agents/agent-configuration.ts';
import { startAgentFleet } from './agents/agent-fleet.ts';
import { startDemoCentralAgent } from './agents/central-agent.ts';
import { agentHandler } from './agent-request.ts';
import { clockHandler } from './clock-request.ts';
import type { Fleet, FleetHypervisor } from './fleet.ts';
import { presentFleet } from './scripted/scripted-fleet.ts';
import { ScriptedPerson } from './scripted/scripted-person.ts';
import { Standings } from './scripted/standing.ts';
import { Surroundings } from './scripted/surroundings.ts';
import type { Domain } from './server/domain.ts';
import { NS } from './server/namespaces.ts';
import type { RequestHandlers } from './server/requests.ts';
import { type EmbeddedServer, startServer } from './server/server.ts';
import { MemoryLog } from './ssh/memory-log.ts';
import { DEMO_LOG, type ScriptedHost } from './ssh/scripted-shell.ts';
import { type SshHost, startSshHost } from './ssh/ssh-host.ts';
import { makeWorld } from './world/fleet.ts';
import { happenings } from './world/happenings.ts';
import type { World } from './world/world.ts';

const DOMAIN = 'archipel.test';
const PEOPLE_GROUP = 'people';
const PLATFORM_GROUP = 'platform';
const VERSION = '1';
/** Above this there are scripts instead of agents: an agent's entity takes a millisecond or two to come online. */
const MOST_AGENT_ENTITIES = 5250;

export interface PlatformOptions {
  /** Without sizes it is the built-in platform of four hypervisors and twenty machines. */
  readonly hypervisors?: number | undefined;
  /** On each hypervisor. */
  readonly machines?: number | undefined;
  /** What is drawn at random is always the same for the same seed. */
  readonly seed: number;
  /** A manual clock stands until it is stepped, over the wire or here. */
  readonly clock: 'manual' | 'system';
  /** With more entities than this, scripts stand for hypervisors and machines instead of agents. */
  readonly scriptedAbove?: number;
  /** Lets administrators switch faults on over the wire. */
  readonly hasFaultControl?: boolean;
}

/** The embedded platform as it runs. */
export interface Platform {
  readonly announcement: PlatformAnnouncement;
  readonly server: EmbeddedServer;
  readonly world: World;
  /** Lets time pass on a manual clock; nothing on the other. */
  step(ms: number): void;
  /** Lets something happen to a machine; where its state does not allow it, nothing does. */
  happen: Fleet['happen'];
  /** Hypervisors with an agent on them, by name; none where scripts stand behind all. */
  readonly hypervisors: Fleet['hypervisors'];
  stop(): Promise<void>;
}

function jidOf(node: string): BareJid {
  return v.parse(BareJid, `${node}@${DOMAIN}`);
}

function registerPeople(domain: Domain, world: World): PlatformAnnouncement['accounts'] {
  return world.people.map(({ name, fullName, role, seenAs }) => {
    const password = randomBytes(12).toString('base64url');
    const registered = domain.accounts.register(name, password);
    if (!registered.ok) throw new Error(`${name} cannot have an account: ${registered.error}`);
    const vcard = (): ReturnType<typeof writeVcard> => writeVcard({ fullName });
    domain.setVcard(registered.value, vcard);
    if (seenAs) domain.present(new ScriptedPerson(registered.value, seenAs), vcard);
    return { jid: registered.value, password, role };
  });
}

/** Puts people and entities in shared groups, so that all people see all entities at once. */
function fillGroups(domain: Domain, world: World): void {
  const sites = [...new Set(world.hosts.map(({ site }) => site))];
  domain.defineGroup(PEOPLE_GROUP, 'People', [PEOPLE_GROUP, PLATFORM_GROUP, ...sites]);
  for (const site of sites) domain.defineGroup(site, site, [PEOPLE_GROUP]);
  domain.defineGroup(PLATFORM_GROUP, 'Platform', [PEOPLE_GROUP]);
  domain.addToGroup(PLATFORM_GROUP, jidOf(CENTRAL_AGENT.node), 'Central agent');
  for (const { site, name, machines } of world.hosts) {
    domain.addToGroup(site, jidOf(name), name);
    for (const machine of machines) domain.addToGroup(site, jidOf(machine.uuid), machine.name);
  }
  for (const { name } of world.people) domain.addToGroup(PEOPLE_GROUP, jidOf(name), name);
}

/** Makes the nodes that the original's admin tool makes once for a platform. */
function makeNodes(domain: Domain, world: World): void {
  const owner = jidOf('admin');
  domain.createNode(TAGS_NODE, owner, TAGS_NODE_CONFIGURATION);
  domain.createNode(ROLES_NODE, owner, ROLES_NODE_CONFIGURATION);
  domain.createNode(ADMINS_NODE, owner, ADMINS_NODE_CONFIGURATION);
  for (const { name, role } of world.people) {
    const jid = jidOf(name);
    if (role === 'admin') domain.publish(ADMINS_NODE, jid, writeAdminAccount(jid));
  }
}

function publishTags(surroundings: Surroundings, world: World): void {
  for (const host of world.hosts) {
    surroundings.publishTags(jidOf(host.name), host.tags);
    for (const { uuid, tags } of host.machines) surroundings.publishTags(jidOf(uuid), tags);
  }
}

/** Lets things happen one after the other until the returned function is called. */
function liveOn(world: World, seed: number, fleet: Fleet, clock: Clock): () => void {
  const steps = happenings(world, seed);
  let cancel = (): void => undefined;
  const next = (): void => {
    const step = steps.next();
    if (step.done) return;
    const { afterMs, uuid, what } = step.value;
    cancel = clock.after(afterMs, () => {
      fleet.happen(uuid, what);
      next();
    });
  };
  next();
  return () => cancel();
}

/** Whether agents stand behind the entities of a world, rather than scripts. */
export function hasAgents({ hosts }: World, most = MOST_AGENT_ENTITIES): boolean {
  return hosts.reduce((sum, { machines }) => sum + 1 + machines.length, 0) <= most;
}

/** The hosts as SSH shows them: each hypervisor with the log of its agent. */
function sshHosts(
  { hosts }: World,
  clock: Clock,
  isAgentRunning: (name: string) => boolean,
): ReadonlyMap<string, ScriptedHost> {
  const now = (): number => clock.now();
  return new Map(
    hosts.map(({ name }) => {
      const own = { name, user: name, log: new MemoryLog(), now };
      return [name, { ...own, isAgentRunning: () => isAgentRunning(name) }] as const;
    }),
  );
}

function announceSsh(ssh: SshHost, password: string): PlatformAnnouncement['ssh'] {
  const { host, port, hostKey, fingerprint } = ssh;
  return { host, port, hostKey, fingerprint, password, log: DEMO_LOG };
}

/** What tests and administrators steer the platform with, as far as it was started so. */
function controlHandlers(
  clock: ManualClock | undefined,
  { hasFaultControl }: PlatformOptions,
  find: (name: string) => FleetHypervisor | undefined,
): RequestHandlers {
  const agents = agentHandler(find, (account) => account === jidOf('admin'));
  return new Map([
    ...(clock ? [[NS.clock, clockHandler(clock)] as const] : []),
    ...(hasFaultControl === true ? [[NS.agents, agents] as const] : []),
  ]);
}

function standingsOf({ people }: World): Standings {
  return new Standings(new Map(people.map(({ name, role }) => [jidOf(name), role])));
}

/** Starts the whole platform: server, people, hypervisors, machines, and what happens to them. */
export async function startPlatform(options: PlatformOptions): Promise<Platform> {
  const world = makeWorld(options);
  const manual = options.clock === 'manual' ? new ManualClock(Date.now()) : undefined;
  const clock = manual ?? systemClock;
  const server = await startServer({
    domain: DOMAIN,
    admins: [jidOf('admin'), jidOf(CENTRAL_AGENT.node)],
    version: VERSION,
    hasFaultControl: options.hasFaultControl ?? false,
    handlers: controlHandlers(manual, options, (name) => fleet.hypervisors.get(name)),
  });
  const { domain } = server;
  fillGroups(domain, world);
  const accounts = registerPeople(domain, world);
  makeNodes(domain, world);
  const surroundings = new Surroundings(domain, clock, standingsOf(world));
  publishTags(surroundings, world);
  const hosts = sshHosts(world, clock, (name) => fleet.hypervisors.get(name)?.isRunning() ?? true);
  const sshPassword = randomBytes(12).toString('base64url');
  const ssh = await startSshHost(hosts, sshPassword);
  const logs = { write: (name: string, line: string) => hosts.get(name)?.log.write(line) };
  const stopCentralAgent = await startDemoCentralAgent(world, server, clock, jidOf);
  const fleet = hasAgents(world, options.scriptedAbove)
    ? await startAgentFleet(world, { server, surroundings, jidOf, logs, seed: options.seed })
    : presentFleet(world, surroundings, jidOf);
  const stopLife = liveOn(world, options.seed, fleet, clock);
  return {
    announcement: {
      host: server.host,
      port: server.port,
      domain: DOMAIN,
      fingerprint: server.certificate.fingerprint,
      accounts,
      hypervisors: world.hosts.map(({ name }) => ({ jid: jidOf(name), name })),
      ssh: announceSsh(ssh, sshPassword),
    },
    server,
    world,
    step: (ms) => manual?.step(ms),
    happen: (uuid, what) => fleet.happen(uuid, what),
    hypervisors: fleet.hypervisors,
    stop: async () => {
      stopLife();
      await fleet.stop();
      await stopCentralAgent();
      await ssh.stop();
      await server.stop();
    },
  };
}
