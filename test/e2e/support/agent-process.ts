import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestLibvirtd } from '../../support/libvirtd.ts';
import { waitFor } from '../../support/libvirtd.ts';
import type { XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { root } from './launch.ts';

const START_LIMIT_MS = 30_000;
const NAME = 'reef';

/** The built agent as a program of its own, as an administrator runs it. */
export class AgentProcess {
  readonly name = NAME;
  readonly jid: string;
  readonly #folder: string;
  readonly #child: ChildProcess;

  private constructor(folder: string, child: ChildProcess, jid: string) {
    this.#folder = folder;
    this.#child = child;
    this.jid = jid;
  }

  /** Starts it on a libvirtd and waits until its hypervisor is on the server. */
  static async start(server: XmppServerDescription, libvirtd: TestLibvirtd): Promise<AgentProcess> {
    const folder = await mkdtemp(path.join(tmpdir(), 'archipel-e2e-agent-'));
    await writeFile(path.join(folder, 'ca.pem'), server.ca);
    const file = path.join(folder, 'archipel.conf');
    await writeFile(file, configuration(folder, server, libvirtd));
    const args = [path.join(root, 'out/agent/index.js'), '--foreground', '--config', file];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const jid = `${NAME}@${server.domain}`;
    let log = '';
    child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
    await waitFor('the agent to be online', START_LIMIT_MS, () => {
      if (child.exitCode !== null) throw new Error(`The agent ended: ${log}`);
      return log.includes(`XMPP online as ${jid}`);
    });
    return new AgentProcess(folder, child, jid);
  }

  /** Ends it in peace and gives its exit code. */
  async stop(): Promise<number | null> {
    const gone = once(this.#child, 'exit') as Promise<[number | null]>;
    this.#child.kill('SIGTERM');
    const [code] = await gone;
    await rm(this.#folder, { recursive: true, force: true });
    return code;
  }
}

function configuration(
  folder: string,
  { domain, host, port, admin }: XmppServerDescription,
  { qemuUri, socket }: TestLibvirtd,
): string {
  return [
    '[DEFAULT]',
    `xmpp_server = ${domain}`,
    `archipel_folder_lib = ${folder}/lib`,
    `archipel_folder_data = ${folder}/data`,
    '[GLOBAL]',
    `xmpp_host = ${host}`,
    `xmpp_port = ${port}`,
    `xmpp_ca_file = ${folder}/ca.pem`,
    `archipel_root_admins = ${admin.jid}`,
    `libvirt_uri = ${qemuUri}?socket=${socket}`,
    `modules_configuration_path = ${folder}/modules.d`,
    '[HYPERVISOR]',
    `hypervisor_xmpp_jid = ${NAME}@%(xmpp_server)s`,
    'hypervisor_xmpp_password = hypervisor password',
    `hypervisor_name = ${NAME}`,
    'machine_ip = 127.0.0.1',
    '[VNC]',
    // Guests listen on the loopback, and the app is on the same machine as they are.
    'vnc_listen = 0.0.0.0',
    '[LOGGING]',
    `logging_file_path = ${folder}/log/archipel.log`,
    '[MODULES]',
    'hypervisor_health = True',
    'vnc = True',
    '',
  ].join('\n');
}
