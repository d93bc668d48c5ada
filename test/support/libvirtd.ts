import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chown, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keepAnswers, lendAnswers } from './emulator-cache.ts';
import { findProgram } from './required-programs.ts';
import { SystemNamespace } from './system-namespace.ts';

const run = promisify(execFile);

/** Debian's "nobody": as root, libvirtd would be the system's own and use its directories. */
const ORDINARY_ID = 65_534;
const START_TIMEOUT_MS = 20_000;
const VIRSH_TIMEOUT_MS = 20_000;

/** What the tests on libvirt's own test driver need. */
export const LIBVIRTD_PROGRAMS = ['libvirtd', 'virsh', 'setpriv'] as const;

/** What the tests with a real guest need. */
export const QEMU_PROGRAMS = [...LIBVIRTD_PROGRAMS, 'qemu-system-x86_64'] as const;

/** A libvirtd with directories and a socket of its own. */
export class TestLibvirtd {
  readonly directory: string;
  readonly qemuUri: 'qemu:///session' | 'qemu:///system';
  readonly #namespace: SystemNamespace | undefined;
  #process: ChildProcess | undefined;

  private constructor(directory: string, namespace: SystemNamespace | undefined) {
    this.directory = directory;
    this.#namespace = namespace;
    this.qemuUri = namespace === undefined ? 'qemu:///session' : 'qemu:///system';
  }

  /** Starts an ordinary user's daemon, or in namespaces of its own the system's. */
  static async start(kind: 'session' | 'system' = 'session'): Promise<TestLibvirtd> {
    const directory = await mkdtemp(join(tmpdir(), 'archipel-libvirtd-'));
    const isSystem = kind === 'system';
    const namespace = isSystem ? await SystemNamespace.start(directory) : undefined;
    const daemon = new TestLibvirtd(directory, namespace);
    await daemon.#layOut();
    await daemon.startProcess();
    return daemon;
  }

  get socket(): string {
    return join(this.directory, 'run', 'libvirt-sock');
  }

  /** Runs the daemon, which must not run yet, until it listens. */
  async startProcess(): Promise<void> {
    const libvirtd = findProgram('libvirtd');
    if (libvirtd === undefined) throw new Error('libvirtd not found');
    const args = [
      '-f',
      join(this.directory, 'libvirtd.conf'),
      '-p',
      join(this.directory, 'run', 'pid'),
    ];
    const command = [libvirtd, ...args];
    const [file, ...rest] = this.#namespace?.wrap(command) ?? asOrdinaryUser(command);
    const started = spawn(file ?? libvirtd, rest, { env: this.#environment(), stdio: 'ignore' });
    this.#process = started;
    await waitFor(`libvirtd at ${this.socket}`, START_TIMEOUT_MS, async () => {
      if (started.exitCode !== null) throw new Error(`libvirtd ended with ${started.exitCode}`);
      return listens(this.socket);
    });
  }

  /** Ends the daemon; guests stay, as they do when a real one restarts. */
  async stopProcess(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const ended = this.#process;
    this.#process = undefined;
    if (ended?.exitCode !== null || ended.signalCode !== null) return;
    const exit = new Promise((done) => ended.once('exit', done));
    ended.kill(signal);
    await exit;
  }

  /** Freezes or thaws the daemon: its socket stays open, but nobody answers. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(signal);
  }

  /** Ends the daemon and all that it started, and removes its directories. */
  async stop(): Promise<void> {
    this.signal('SIGCONT');
    await this.stopProcess();
    for (const pid of await this.processes()) process.kill(pid, 'SIGKILL');
    await keepAnswers(join(this.directory, 'cache'));
    this.#namespace?.stop();
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Acts behind the agent's back; answers with what virsh prints. */
  async virsh(uri: string, ...args: readonly string[]): Promise<string> {
    const [driver = '', rest = ''] = uri.split(':');
    const target = `${driver}+unix:${rest}?socket=${this.socket}`;
    const options = { timeout: VIRSH_TIMEOUT_MS, env: this.#environment() };
    const { stdout } = await run('virsh', ['-q', '-c', target, ...args], options);
    return stdout;
  }

  /** The processes that name this daemon's directory, its guests among them. */
  async processes(): Promise<readonly number[]> {
    const found: number[] = [];
    for (const entry of await readdir('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      // A process that ends meanwhile has no command line any more.
      const line = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
      const isOurs = line.includes(this.directory) || (await this.#namespace?.holds(Number(entry)));
      if (isOurs === true) found.push(Number(entry));
    }
    return found;
  }

  /** Whether a text stands in the first lines of a guest's text screen. */
  async showsText(name: string, text: string): Promise<boolean> {
    // Of the screen's memory every second byte is a colour.
    const dump = await this.virsh(
      this.qemuUri,
      ...['qemu-monitor-command', name, '--hmp', 'xp /4000bx 0xb8000'],
    );
    const bytes = [...dump.matchAll(/0x([0-9a-f]{2})\b/g)].map(([, hex = '']) => hex);
    const characters = bytes.filter((_, at) => at % 2 === 0);
    return Buffer.from(characters.join(''), 'hex').toString('latin1').includes(text);
  }

  /** The process of a guest by the domain's name. */
  async guestProcess(name: string): Promise<number> {
    const folder = this.#namespace === undefined ? 'libvirt/qemu/run' : 'libvirt/qemu';
    const path = join(this.directory, 'run', folder, `${name}.pid`);
    return Number(await readFile(path, 'utf8'));
  }

  /** Where the processes of QEMU guests write to. */
  get guestLogs(): string {
    return this.#namespace === undefined
      ? join(this.directory, 'cache/libvirt/qemu/log')
      : '/var/log/libvirt/qemu';
  }

  /** A file that the daemon and its guests can read. */
  async file(name: string, content: string | Uint8Array): Promise<string> {
    const path = join(this.directory, name);
    await writeFile(path, content);
    await hand(path);
    return path;
  }

  async #layOut(): Promise<void> {
    if (this.#namespace !== undefined) {
      await this.file('libvirtd.conf', daemonConfiguration(join(this.directory, 'run')));
      await this.file('system/etc/qemu.conf', QEMU_CONFIGURATION + AS_ROOT);
      return;
    }
    await hand(this.directory);
    for (const folder of ['home', 'run', 'cache', 'data', 'config', 'config/libvirt']) {
      const path = join(this.directory, folder);
      await mkdir(path);
      await hand(path);
    }
    await this.file('libvirtd.conf', daemonConfiguration(join(this.directory, 'run')));
    await this.file('config/libvirt/qemu.conf', QEMU_CONFIGURATION);
    await lendAnswers(join(this.directory, 'cache'), isRoot() ? ORDINARY_ID : undefined);
  }

  #environment(): NodeJS.ProcessEnv {
    const folder = (name: string): string => join(this.directory, name);
    return {
      PATH: process.env['PATH'],
      LC_ALL: 'C',
      HOME: folder('home'),
      XDG_RUNTIME_DIR: folder('run'),
      XDG_CACHE_HOME: folder('cache'),
      XDG_CONFIG_HOME: folder('config'),
      XDG_DATA_HOME: folder('data'),
    };
  }
}

const QEMU_CONFIGURATION = [
  'security_driver = "none"',
  // The default would start a virtlogd that outlives the test.
  'stdio_handler = "file"',
  'remember_owner = 0',
  'namespaces = []',
  'cgroup_controllers = []',
  'vnc_listen = "127.0.0.1"',
  '',
].join('\n');

const AS_ROOT = ['user = "root"', 'group = "root"', 'dynamic_ownership = 0', ''].join('\n');

function daemonConfiguration(socketDirectory: string): string {
  return [
    'listen_tls = 0',
    'listen_tcp = 0',
    'auth_unix_ro = "none"',
    'auth_unix_rw = "none"',
    `unix_sock_dir = "${socketDirectory}"`,
    '',
  ].join('\n');
}

const isRoot = (): boolean => process.getuid?.() === 0;

function asOrdinaryUser(command: readonly string[]): readonly string[] {
  if (!isRoot()) return command;
  const id = String(ORDINARY_ID);
  return ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups', ...command];
}

async function hand(path: string): Promise<void> {
  if (isRoot()) await chown(path, ORDINARY_ID, ORDINARY_ID);
}

function listens(path: string): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      settle(true);
    });
    socket.once('error', () => settle(false));
  });
}

/** Asks again and again until it is so; a test never waits for a time to pass. */
export async function waitFor(
  what: string,
  timeoutMs: number,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}
