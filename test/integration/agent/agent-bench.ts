import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Agent, startAgent } from '../../../agent/agent.ts';
import { readConfiguration } from '../../../agent/configuration/configuration.ts';
import { Ini } from '../../../agent/configuration/ini.ts';
import { entitySessions } from '../../../agent/connect.ts';
import { HealthCollector } from '../../../agent/health/collector.ts';
import { Past, tiersFor } from '../../../agent/health/past.ts';
import { ProcProbe } from '../../../agent/health/proc-probe.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { LibvirtHypervisor } from '../../../agent/hypervisor/libvirt/libvirt-hypervisor.ts';
import { logSink } from '../../../agent/log/log-sink.ts';
import { MachineFolders } from '../../../agent/machines/machine-files.ts';
import { FolderStore } from '../../../agent/store/agent-store.ts';
import type { TestLibvirtd } from '../../support/libvirtd.ts';
import { expectOk } from '../../support/expect-result.ts';
import type { XmppServerDescription } from '../../support/xmpp-daemon.ts';

const HOSTNAME = 'atoll';

export interface BenchOptions {
  readonly server: XmppServerDescription;
  readonly libvirtd: TestLibvirtd;
  readonly uri: string;
}

/** A real agent on a real server and a real libvirtd, with folders of its own. */
export class AgentBench {
  readonly folder: string;
  readonly lines: string[] = [];
  readonly #options: BenchOptions;
  #agent: Agent | undefined;

  private constructor(folder: string, options: BenchOptions) {
    this.folder = folder;
    this.#options = options;
  }

  static async start(options: BenchOptions): Promise<AgentBench> {
    const bench = new AgentBench(await mkdtemp(join(tmpdir(), 'archipel-agent-')), options);
    await bench.startAgent();
    return bench;
  }

  get agent(): Agent {
    if (!this.#agent) throw new Error('The agent does not run');
    return this.#agent;
  }

  /** The JID of the hypervisor's entity. */
  get jid(): string {
    return `${HOSTNAME}@${this.#options.server.domain}/${HOSTNAME}`;
  }

  /** The JID of a machine's entity. */
  machineJid(uuid: string): string {
    return `${uuid}@${this.#options.server.domain}/${HOSTNAME}`;
  }

  /** Whether an entity was online already, as the log says. */
  isOnline(jid: string): boolean {
    return this.lines.some((line) => line.includes(`XMPP online as ${jid}`));
  }

  /** What the agent's configuration file says. */
  configurationText(): string {
    const { server } = this.#options;
    return [
      '[DEFAULT]',
      `xmpp_server = ${server.domain}`,
      `archipel_folder_lib = ${this.folder}/lib`,
      `archipel_folder_data = ${this.folder}/data`,
      '[GLOBAL]',
      `archipel_root_admins = ${server.admin.jid}`,
      `modules_configuration_path = ${this.folder}/modules.d`,
      '[HYPERVISOR]',
      `hypervisor_xmpp_jid = ${HOSTNAME}@%(xmpp_server)s`,
      'hypervisor_xmpp_password = hypervisor password',
      '[MODULES]',
      'hypervisor_health = True',
      'vnc = True',
      '',
    ].join('\n');
  }

  async startAgent(): Promise<void> {
    const { server, libvirtd, uri } = this.#options;
    const ini = new Ini(HOSTNAME);
    expectOk(ini.add('bench.conf', this.configurationText()));
    const configuration = expectOk(readConfiguration(ini));
    const log = logSink('debug', (line) => this.lines.push(line));
    const logger = log.loggerOf('bench');
    const { host, port, ca } = server;
    const hypervisor = new LibvirtHypervisor({
      uri: { name: uri, sockets: [libvirtd.socket] },
      onThrown: (cause) => logger.error(String(cause)),
    });
    const started = await startAgent({
      configuration,
      hostname: HOSTNAME,
      hypervisor,
      store: new FolderStore(join(this.folder, 'store')),
      sessions: entitySessions({ endpoint: { host, port }, tls: { ca } }),
      files: new MachineFolders(join(this.folder, 'drives')),
      statistics: new HealthCollector({
        hypervisor,
        probe: new ProcProbe(),
        past: new Past(tiersFor(1000)),
        clock: systemClock,
        intervalMs: 1000,
        onTrouble: (why) => logger.warning(why),
      }),
      log,
      avatars: new Map(),
      names: [],
      now: () => new Date(),
      random: Math.random,
    });
    this.#agent = expectOk(started);
  }

  async stop(): Promise<void> {
    await this.#agent?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
