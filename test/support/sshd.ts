import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findProgram } from './required-programs.ts';
import { freePort } from './xmpp-daemon.ts';

const run = promisify(execFile);

/** A folder with the keys, known_hosts files and servers of a test. */
export class SshBench {
  readonly folder: string;
  readonly #servers: Sshd[] = [];
  readonly #agents: ChildProcess[] = [];

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async create(): Promise<SshBench> {
    return new SshBench(await mkdtemp(join(tmpdir(), 'archipel-ssh-')));
  }

  path(...parts: readonly string[]): string {
    return join(this.folder, ...parts);
  }

  async file(name: string, text: string): Promise<string> {
    await writeFile(this.path(name), text, { mode: 0o600 });
    return this.path(name);
  }

  /** Makes a key with ssh-keygen; the public half is beside it. */
  async key(
    name: string,
    { passphrase = '', type = 'ed25519', format = 'RFC4716' } = {},
  ): Promise<string> {
    const file = this.path(name);
    const options = format === 'PEM' ? ['-m', 'PEM'] : [];
    await run('ssh-keygen', [
      '-q',
      '-t',
      type,
      '-N',
      passphrase,
      '-C',
      name,
      '-f',
      file,
      ...options,
    ]);
    return file;
  }

  /** Starts a real sshd for the present user; `lines` are added to its configuration. */
  async server(
    lines: readonly string[] = [],
    { hostKeyType = 'ed25519', password, isAlone = false }: SshdOptions = {},
  ): Promise<Sshd> {
    const name = `sshd-${this.#servers.length}`;
    const hostKey = await this.key(`${name}-key`, { type: hostKeyType });
    const shadow = password === undefined ? undefined : await this.#shadow(name, password);
    const server = await Sshd.start(this, name, hostKey, lines, { shadow, isAlone });
    this.#servers.push(server);
    return server;
  }

  /** The accounts' passwords as this machine has them, but for the present user's. */
  async #shadow(name: string, password: string): Promise<string> {
    const { stdout } = await run('openssl', ['passwd', '-6', password]);
    const lines = (await readFile('/etc/shadow', 'utf8')).split('\n');
    const { username } = userInfo();
    const changed = lines.map((line) =>
      line.startsWith(`${username}:`) ? `${username}:${stdout.trim()}:20000:0:99999:7:::` : line,
    );
    return this.file(`${name}.shadow`, changed.join('\n'));
  }

  /** Starts an ssh-agent of its own that holds these keys. */
  async agent(keys: readonly string[]): Promise<string> {
    const socket = this.path(`agent-${this.#agents.length}`);
    const child = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#agents.push(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const env = { ...process.env, SSH_AUTH_SOCK: socket };
    for (const key of keys) await run('ssh-add', ['-q', key], { env });
    return socket;
  }

  async remove(): Promise<void> {
    for (const server of this.#servers) await server.stop();
    for (const agent of this.#agents) agent.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}

export interface SshdOptions {
  readonly hostKeyType?: string;
  /** The user's password on this server alone, by mounts of its own: it wants root. */
  readonly password?: string;
  /** Whoever logs in sees no processes but those of this server: it wants root. */
  readonly isAlone?: boolean;
}

/** OpenSSH's server on a port of its own, as the present user. */
export class Sshd {
  readonly port: number;
  readonly user = userInfo().username;
  /** The public half of its key: kind and base64. */
  readonly hostKey: string;
  readonly fingerprint: string;
  readonly #command: readonly string[];
  #process: ChildProcess;

  private constructor(
    port: number,
    key: { readonly hostKey: string; readonly fingerprint: string },
    command: readonly string[],
    started: ChildProcess,
  ) {
    this.port = port;
    this.hostKey = key.hostKey;
    this.fingerprint = key.fingerprint;
    this.#command = command;
    this.#process = started;
  }

  static async start(
    bench: SshBench,
    name: string,
    hostKey: string,
    lines: readonly string[],
    { shadow, isAlone }: { readonly shadow: string | undefined; readonly isAlone: boolean },
  ): Promise<Sshd> {
    // Where sshd puts those that are not logged in yet.
    if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true });
    await chmod(bench.folder, 0o755);
    const port = await freePort();
    const configuration = await bench.file(
      `${name}.conf`,
      [
        ...lines,
        `Port ${port}`,
        'ListenAddress 127.0.0.1',
        `HostKey ${hostKey}`,
        `PidFile ${bench.path(`${name}.pid`)}`,
        'StrictModes no',
        'PermitRootLogin yes',
        '',
      ].join('\n'),
    );
    const alone = isAlone ? ALONE : [];
    const command = [...alone, ...sshdCommand(configuration, shadow)];
    const started = await listen(command);
    const [type = '', base64 = ''] = (await readFile(`${hostKey}.pub`, 'utf8')).split(' ');
    const { stdout } = await run('ssh-keygen', ['-l', '-f', `${hostKey}.pub`]);
    const fingerprint = stdout.split(' ')[1] ?? '';
    return new Sshd(port, { hostKey: `${type} ${base64}`, fingerprint }, command, started);
  }

  /** The processes that serve one connection each. */
  async cutConnections(): Promise<void> {
    const { stdout } = await run('pgrep', ['-P', String(this.#process.pid)]).catch(() => ({
      stdout: '',
    }));
    for (const pid of stdout.split('\n').filter((one) => one !== '')) killIfThere(Number(pid));
  }

  async restart(): Promise<void> {
    await this.stop();
    this.#process = await listen(this.#command);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    await this.cutConnections();
    this.#process.kill('SIGTERM');
    await ended;
  }
}

const ALONE = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];

/** It starts itself anew for each connection, so it wants its whole path. */
function sshdCommand(configuration: string, shadow: string | undefined): readonly string[] {
  const program = findProgram('sshd') ?? 'sshd';
  const sshd = [program, '-D', '-e', '-o', 'LogLevel=INFO', '-f', configuration];
  if (shadow === undefined) return sshd;
  const script = 'mount --bind "$1" /etc/shadow && shift && exec "$@"';
  return [
    'unshare',
    '--mount',
    '--propagation',
    'private',
    'sh',
    '-c',
    script,
    'sh',
    shadow,
    ...sshd,
  ];
}

/** Resolves once the server says that it listens. */
async function listen([program = '', ...args]: readonly string[]): Promise<ChildProcess> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Server listening')) resolve();
    });
    child.once('exit', () => reject(new Error(`sshd ended: ${said}`)));
  });
  return child;
}

/** A connection may have ended since it was looked for. */
function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ESRCH')) throw cause;
  }
}
