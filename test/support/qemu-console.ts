import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { bootFloppy } from './boot-sector.ts';
import type { KeyPair } from './certificates.ts';
import { waitFor } from './libvirtd.ts';

/** What the tests with QEMU's own VNC server need. */
export const QEMU_CONSOLE_PROGRAMS = ['qemu-system-x86_64'] as const;

const TEXT_MEMORY = 0xb8000;
const COLUMNS = 80;
const ROWS = 25;
const START_TIMEOUT_MS = 30_000;

const Answer = v.object({
  return: v.optional(v.unknown()),
  error: v.optional(v.object({ desc: v.string() })),
});
const VncInfo = v.object({ service: v.string() });

export interface QemuConsoleOptions {
  readonly banner?: string;
  /** A layout of QEMU's, which makes it map keysyms in place of taking scancodes. */
  readonly keymap?: string;
  readonly password?: string;
  /** Serves under TLS of VeNCrypt, with these files. */
  readonly tls?: KeyPair & { readonly authority: string };
}

/** QEMU with a guest that prints a banner and each key, and a VNC server on a port of its own. */
export class QemuConsole {
  readonly directory: string;
  readonly #process: ChildProcess;
  readonly #monitor: Socket;
  readonly #waiting: ((line: string) => void)[] = [];
  port = 0;

  private constructor(directory: string, started: ChildProcess, monitor: Socket) {
    this.directory = directory;
    this.#process = started;
    this.#monitor = monitor;
    createInterface({ input: monitor }).on('line', (line) => {
      // Events come between the answers.
      if (line.includes('"return"') || line.includes('"error"')) this.#waiting.shift()?.(line);
    });
  }

  static async start(options: QemuConsoleOptions = {}): Promise<QemuConsole> {
    const directory = await mkdtemp(join(tmpdir(), 'archipel-qemu-'));
    await writeFile(join(directory, 'boot.img'), bootFloppy(options.banner ?? 'ARCHIPEL'));
    const socket = join(directory, 'qmp.sock');
    const started = spawn('qemu-system-x86_64', await commandLine(directory, socket, options), {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const complaints: string[] = [];
    started.stderr.on('data', (chunk: Buffer) => complaints.push(chunk.toString()));
    const monitor = await connected(socket, () => {
      if (started.exitCode !== null) throw new Error(`QEMU ended: ${complaints.join('')}`);
    });
    const console = new QemuConsole(directory, started, monitor);
    await console.command('qmp_capabilities');
    if (options.password !== undefined) {
      await console.command('change-vnc-password', { password: options.password });
    }
    console.port = Number(v.parse(VncInfo, await console.command('query-vnc')).service);
    await waitFor('the banner', START_TIMEOUT_MS, async () =>
      (await console.text()).includes(options.banner ?? 'ARCHIPEL'),
    );
    return console;
  }

  /** What is on the guest's text screen, rows joined by line feeds, blanks at their ends left out. */
  async text(): Promise<string> {
    const cells = `xp /${COLUMNS * ROWS * 2}bx 0x${TEXT_MEMORY.toString(16)}`;
    const dump = await this.command('human-monitor-command', { 'command-line': cells });
    const bytes = [...String(dump).matchAll(/0x([0-9a-f]{2})\b/g)].map(([, hex]) =>
      parseInt(hex ?? '0', 16),
    );
    const rows = Array.from({ length: ROWS }, (_none, row) =>
      Array.from({ length: COLUMNS }, (_other, column) =>
        String.fromCharCode(bytes[(row * COLUMNS + column) * 2] ?? 32),
      )
        .join('')
        .trimEnd(),
    );
    return rows.join('\n').trimEnd();
  }

  /** Runs a command of QEMU's monitor. */
  async command(name: string, given: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const line = new Promise<string>((resolve) => this.#waiting.push(resolve));
    this.#monitor.write(`${JSON.stringify({ execute: name, arguments: given })}\n`);
    const answer = v.parse(Answer, JSON.parse(await line));
    if (answer.error !== undefined) throw new Error(`${name}: ${answer.error.desc}`);
    return answer.return;
  }

  async stop(): Promise<void> {
    this.#monitor.destroy();
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const exit = new Promise((done) => this.#process.once('exit', done));
      this.#process.kill('SIGKILL');
      await exit;
    }
    await rm(this.directory, { recursive: true, force: true });
  }
}

async function commandLine(
  directory: string,
  socket: string,
  { keymap, password, tls }: QemuConsoleOptions,
): Promise<string[]> {
  // The first of these displays whose port is free.
  const vnc = ['127.0.0.1:300', 'to=600'];
  if (password !== undefined) vnc.push('password=on');
  if (tls !== undefined) vnc.push('tls-creds=tls');
  if (tls !== undefined) await writeTls(directory, tls);
  const credentials = `tls-creds-x509,id=tls,dir=${directory},endpoint=server,verify-peer=off`;
  return [
    ...['-machine', 'pc,accel=tcg', '-m', '16', '-display', 'none', '-net', 'none'],
    ...['-no-user-config', '-nodefaults', '-device', 'VGA', '-boot', 'a'],
    ...['-drive', `file=${join(directory, 'boot.img')},format=raw,if=floppy,index=0`],
    ...['-qmp', `unix:${socket},server,nowait`],
    ...(tls === undefined ? [] : ['-object', credentials]),
    ...(keymap === undefined ? [] : ['-k', keymap]),
    ...['-vnc', vnc.join(',')],
  ];
}

async function writeTls(
  directory: string,
  tls: KeyPair & { readonly authority: string },
): Promise<void> {
  await writeFile(join(directory, 'ca-cert.pem'), tls.authority);
  await writeFile(join(directory, 'server-cert.pem'), tls.certificate);
  await writeFile(join(directory, 'server-key.pem'), tls.key);
}

async function connected(path: string, check: () => void): Promise<Socket> {
  let monitor: Socket | undefined;
  await waitFor(`QEMU at ${path}`, START_TIMEOUT_MS, async () => {
    check();
    monitor = await new Promise<Socket | undefined>((resolve) => {
      const socket = connect({ path });
      socket.once('connect', () => resolve(socket));
      socket.once('error', () => resolve(undefined));
    });
    return monitor !== undefined;
  });
  if (monitor === undefined) throw new Error(`QEMU does not answer at ${path}`);
  return monitor;
}
