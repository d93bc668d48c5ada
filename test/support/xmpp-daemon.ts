import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Debian's "nobody": a test server has no business with anybody's files. */
const ORDINARY_ID = 65_534;
const START_TIMEOUT_MS = 30_000;

export interface TestUser {
  readonly jid: string;
  readonly password: string;
}

/** What a test needs to know of a running XMPP server, ours or another. */
export interface XmppServerDescription {
  readonly name: string;
  readonly host: string;
  /** STARTTLS. */
  readonly port: number;
  readonly directTlsPort: number | undefined;
  readonly domain: string;
  /** The authority of its certificate in PEM. */
  readonly ca: string;
  /** The JID of its pubsub service. */
  readonly pubsub: string;
  readonly admin: TestUser;
  /** At least three accounts without contacts; the first may make pubsub nodes. */
  readonly users: readonly TestUser[];
  /** Whether strangers may make accounts in-band. */
  readonly hasRegistration: boolean;
  readonly hasResumption: boolean;
  readonly hasPrivateStorage: boolean;
}

/** A daemon in directories of its own, run as an ordinary user, ended with its test. */
export class XmppDaemon {
  readonly directory: string;
  #process: ChildProcess | undefined;

  private constructor(directory: string) {
    this.directory = directory;
  }

  static async create(name: string): Promise<XmppDaemon> {
    const directory = await mkdtemp(join(tmpdir(), `archipel-${name}-`));
    await hand(directory);
    return new XmppDaemon(directory);
  }

  path(...parts: readonly string[]): string {
    return join(this.directory, ...parts);
  }

  /** Makes a folder that the daemon may write to. */
  async folder(...parts: readonly string[]): Promise<string> {
    const path = this.path(...parts);
    await mkdir(path, { recursive: true });
    await hand(path);
    return path;
  }

  async file(name: string, text: string): Promise<string> {
    const path = this.path(name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    await hand(path);
    return path;
  }

  /** Starts the program and waits until it listens and lives. */
  async start(command: readonly string[], env: NodeJS.ProcessEnv, port: number): Promise<void> {
    const [file = '', ...args] = asOrdinaryUser(command);
    const started = spawn(file, args, {
      cwd: this.directory,
      env: { PATH: process.env['PATH'], HOME: this.directory, LC_ALL: 'C', ...env },
      stdio: 'ignore',
      detached: true,
    });
    this.#process = started;
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await listens(port))) {
      if (started.exitCode !== null) throw new Error(`${file} ended with ${started.exitCode}`);
      if (Date.now() > deadline) throw new Error(`${file} does not listen on ${port}`);
      await new Promise((resume) => setTimeout(resume, 20));
    }
    if (started.exitCode !== null) throw new Error(`${file} ended with ${started.exitCode}`);
  }

  /** Ends the daemon, in peace or as a crash does. */
  async stopProcess(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const ended = this.#process;
    this.#process = undefined;
    if (ended?.pid === undefined || ended.exitCode !== null || ended.signalCode !== null) return;
    const exit = new Promise((done) => ended.once('exit', done));
    // The whole group: ejabberd has helpers of its own.
    process.kill(-ended.pid, signal);
    await exit;
  }

  async remove(): Promise<void> {
    await this.stopProcess('SIGKILL');
    await rm(this.directory, { recursive: true, force: true });
  }

  /** Runs a program as the daemon's user. */
  async run(command: readonly string[]): Promise<void> {
    const [file = '', ...args] = asOrdinaryUser(command);
    await run(file, args, { cwd: this.directory, timeout: 20_000 });
  }
}

/** Below those that systems give away by themselves: until the daemon listens nobody takes it by chance. */
const [FIRST_PORT, PORTS] = [20_000, 12_000];

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST_PORT + randomInt(PORTS);
    if (await isFree(port)) return port;
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const isOurs = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  if (isOurs) await new Promise((resolve) => server.close(resolve));
  return isOurs;
}

function asOrdinaryUser(command: readonly string[]): readonly string[] {
  if (process.getuid?.() !== 0) return command;
  const id = String(ORDINARY_ID);
  return ['setpriv', `--reuid=${id}`, `--regid=${id}`, '--clear-groups', ...command];
}

async function hand(path: string): Promise<void> {
  if (process.getuid?.() === 0) await chown(path, ORDINARY_ID, ORDINARY_ID);
}

async function listens(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      settle(true);
    });
    socket.once('error', () => settle(false));
  });
}
