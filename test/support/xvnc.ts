import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { vncAuthResponse } from '../../node/rfb/vnc-auth.ts';
import type { KeyPair } from './certificates.ts';
import { waitFor } from './libvirtd.ts';

/** What the tests with TigerVNC's server need. */
export const XVNC_PROGRAMS = ['Xvnc'] as const;

/** Password files are encrypted with this, which everybody knows (rfbproto's "fixed key"). */
const FILE_KEY = String.fromCharCode(23, 82, 107, 6, 35, 78, 88, 7);
const START_TIMEOUT_MS = 20_000;

export interface XvncOptions {
  /** As its option SecurityTypes. */
  readonly security: string;
  readonly password?: string;
  readonly tls?: KeyPair;
  readonly geometry?: string;
  /** The one user whom its PAM service knows, which nobody else on this machine sees. */
  readonly user?: { readonly name: string; readonly password: string };
}

/** TigerVNC's X server, with an empty screen on a port of its own. */
export class TestXvnc {
  readonly port: number;
  /** The name of its display, for programs that draw there. */
  readonly display: string;
  readonly #directory: string;
  readonly #process: ChildProcess;

  private constructor(directory: string, started: ChildProcess, port: number, display: string) {
    this.#directory = directory;
    this.#process = started;
    this.port = port;
    this.display = display;
  }

  static async start(options: XvncOptions): Promise<TestXvnc> {
    const directory = await mkdtemp(join(tmpdir(), 'archipel-xvnc-'));
    const port = await freePort();
    const complaints: string[] = [];
    // It takes the first display that is free and says which.
    const command = ['Xvnc', '-displayfd', '3', ...(await words(directory, port, options))];
    const [program = '', ...args] = await behindPam(directory, command, options);
    const started = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
    started.stderr?.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
    // It speaks once it serves. That somebody listens is no sign: it may be a stranger at its port.
    let number = '';
    started.stdio[3]?.on('data', (chunk: Buffer) => (number += chunk.toString()));
    await waitFor(`Xvnc at ${port}`, START_TIMEOUT_MS, () => {
      if (started.exitCode !== null) throw new Error(`Xvnc ended: ${complaints.join('')}`);
      return number.endsWith('\n');
    });
    return new TestXvnc(directory, started, port, `:${number.trim()}`);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exit = new Promise((done) => this.#process.once('exit', done));
      this.#process.kill('SIGTERM');
      await exit;
    }
    await rm(this.#directory, { recursive: true, force: true });
  }
}

async function words(directory: string, port: number, options: XvncOptions): Promise<string[]> {
  const { security, password, tls, geometry = '640x480' } = options;
  const file = (name: string): string => join(directory, name);
  if (password !== undefined) {
    const plain = Buffer.alloc(8);
    plain.write(password);
    await writeFile(file('passwd'), vncAuthResponse(FILE_KEY, plain), { mode: 0o600 });
  }
  if (tls !== undefined) {
    await writeFile(file('cert.pem'), tls.certificate);
    await writeFile(file('key.pem'), tls.key);
  }
  return [
    ...['-rfbport', String(port), '-localhost', '-SecurityTypes', security],
    ...['-geometry', geometry, '-depth', '24', '-nolisten', 'tcp'],
    // One test guesses wrong often; the others must be let in all the same.
    ...['-BlacklistThreshold', '1000'],
    ...(password === undefined ? [] : ['-PasswordFile', file('passwd')]),
    ...(tls === undefined ? [] : ['-X509Cert', file('cert.pem'), '-X509Key', file('key.pem')]),
  ];
}

const PAM_SERVICE = 'archipel-test';
/** In a mount namespace of its own these are the machine's PAM services; no process lies between. */
const WITH_OWN_SERVICES = 'mount --bind "$1" /etc/pam.d && shift && exec "$@"';

/** The command, in a place where PAM knows one user and asks nobody of this machine. */
async function behindPam(
  directory: string,
  command: readonly string[],
  { user }: XvncOptions,
): Promise<readonly string[]> {
  if (!user) return command;
  const [services, check] = [join(directory, 'pam.d'), join(directory, 'check')];
  await mkdir(services);
  await writeFile(join(directory, 'secret'), user.password);
  // pam_exec(8) gives what was said on standard input, with a zero byte behind it.
  const lines = [
    '#!/bin/sh',
    `tr -d '\\0' | cmp -s - ${join(directory, 'secret')} && [ "$PAM_USER" = "${user.name}" ]`,
  ];
  await writeFile(check, `${lines.join('\n')}\n`, { mode: 0o755 });
  const rules = [`auth required pam_exec.so quiet expose_authtok ${check}`];
  await writeFile(
    join(services, PAM_SERVICE),
    `${[...rules, 'account required pam_permit.so'].join('\n')}\n`,
  );
  const apart = ['unshare', '--mount', 'sh', '-c', WITH_OWN_SERVICES, 'sh'];
  const own = ['-PAMService', PAM_SERVICE, '-PlainUsers', user.name];
  return [...apart, services, ...command, ...own];
}

/** A port that nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whether somebody takes connections on a port of this machine. */
export function listensAt(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
