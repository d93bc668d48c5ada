import type { Duplex } from 'node:stream';
import { type Agent, startAgent } from '../../../agent/agent.ts';
import {
  type Configuration,
  readConfiguration,
} from '../../../agent/configuration/configuration.ts';
import { Ini } from '../../../agent/configuration/ini.ts';
import { entitySessions } from '../../../agent/connect.ts';
import { HealthCollector } from '../../../agent/health/collector.ts';
import { Past, tiersFor } from '../../../agent/health/past.ts';
import { SimulatedProbe } from '../../../agent/health/simulated-probe.ts';
import { SimulatedHypervisor } from '../../../agent/hypervisor/simulated/simulated-hypervisor.ts';
import type { SimulatedWorld } from '../../../agent/hypervisor/simulated/world.ts';
import { logSink } from '../../../agent/log/log-sink.ts';
import { noFiles } from '../../../agent/machines/machine-files.ts';
import { type AgentStore, MemoryStore } from '../../../agent/store/agent-store.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import { type EmbeddedServer, startServer } from '../../../demo/server/server.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import { expectOk } from '../../support/expect-result.ts';

export const DOMAIN = 'agent.test';
export const ADMIN = `admin@${DOMAIN}` as BareJid;

/** A definition that libvirt would take, with some children more. */
export function domainXml(name: string, uuid: string, more = ''): string {
  return [
    `<domain type='qemu'><name>${name}</name><uuid>${uuid}</uuid>${more}`,
    `<memory unit='KiB'>524288</memory><vcpu>1</vcpu>`,
    `<os><type arch='x86_64'>hvm</type></os><devices/></domain>`,
  ].join('');
}

/** A small host without domains unless some are given. */
export function worldOf(...domains: SimulatedWorld['domains']): SimulatedWorld {
  const node = {
    model: 'x86_64',
    memoryKiB: 16 * 1024 * 1024,
    cpus: 8,
    mhz: 2800,
    numaNodes: 1,
    sockets: 1,
    coresPerSocket: 4,
    threadsPerCore: 2,
  };
  return { hostname: 'atoll', node, domains };
}

export function testConfiguration(more = ''): Configuration {
  const ini = new Ini('atoll');
  const text = [
    '[DEFAULT]',
    `xmpp_server = ${DOMAIN}`,
    '[HYPERVISOR]',
    'hypervisor_xmpp_password = hypervisor password',
    '[MODULES]',
    'hypervisor_health = True',
    more,
  ].join('\n');
  expectOk(ini.add('test.conf', text));
  return expectOk(readConfiguration(ini));
}

/** A server, an agent on a simulated hypervisor, and an administrator, all in this process. */
export class TestAgent {
  readonly server: EmbeddedServer;
  readonly hypervisor: SimulatedHypervisor;
  readonly agent: Agent;
  readonly store: AgentStore;
  readonly lines: string[];
  readonly statistics: HealthCollector;
  readonly #sessions: XmppSession[] = [];

  private constructor(
    server: EmbeddedServer,
    hypervisor: SimulatedHypervisor,
    agent: Agent,
    store: AgentStore,
    lines: string[],
    statistics: HealthCollector,
  ) {
    this.server = server;
    this.hypervisor = hypervisor;
    this.agent = agent;
    this.store = store;
    this.lines = lines;
    this.statistics = statistics;
  }

  static async start(
    options: {
      readonly world?: SimulatedWorld;
      readonly store?: AgentStore;
      /** Of an earlier agent; one of its own when not given. */
      readonly server?: EmbeddedServer;
      readonly configuration?: Configuration;
      readonly avatars?: ReadonlyMap<string, Uint8Array>;
    } = {},
  ): Promise<TestAgent> {
    const server =
      options.server ?? (await startServer({ domain: DOMAIN, admins: [ADMIN], version: 'test' }));
    const world = options.world ?? worldOf();
    const onThrown = (cause: unknown): never => {
      throw cause;
    };
    const hypervisor = new SimulatedHypervisor({ world, seed: 1, onThrown });
    const store = options.store ?? new MemoryStore();
    const lines: string[] = [];
    const statistics = new HealthCollector({
      hypervisor,
      probe: new SimulatedProbe({ node: world.node, seed: 1, clock: systemClock }),
      past: new Past(tiersFor(1000)),
      clock: systemClock,
      intervalMs: 1000,
      onTrouble: (why) => lines.push(why),
    });
    const agent = await startAgent({
      configuration: options.configuration ?? testConfiguration(),
      hostname: 'atoll',
      hypervisor,
      store,
      sessions: entitySessions({ transport: inside(server) }),
      files: noFiles,
      statistics,
      log: logSink('debug', (line) => lines.push(line)),
      avatars: options.avatars ?? new Map(),
      names: [],
      now: () => new Date(),
      random: Math.random,
    });
    return new TestAgent(server, hypervisor, expectOk(agent), store, lines, statistics);
  }

  /** Whether an entity was online already, as the log says. */
  isOnline(jid: string): boolean {
    return this.lines.some((line) => line.endsWith(`XMPP online as ${jid}`));
  }

  /** Logs somebody in, who gets an account when there is none. */
  async session(user: string): Promise<XmppSession> {
    const session = new XmppSession({
      jid: `${user}@${DOMAIN}`,
      password: async () => `${user} password`,
      resource: 'test',
      registerIfMissing: true,
      transport: inside(this.server),
    });
    this.#sessions.push(session);
    expectOk(await session.connect());
    return session;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.disconnect()));
    await this.agent.stop();
    await this.server.stop();
  }
}

function inside(server: EmbeddedServer) {
  return { isSecure: true, open: async (): Promise<Duplex> => server.connect() };
}
