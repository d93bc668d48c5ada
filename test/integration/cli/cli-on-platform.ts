import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { expect } from 'vitest';
import { PlatformAnnouncement } from '../../../core/domain/platform-announcement.ts';
import { startKeyring, type Keyring } from '../../support/keyring.ts';
import { root, runNode } from '../../support/run-program.ts';

export const ADMIN = 'admin@archipel.test';
export const KEYCHAIN_PROGRAMS = ['gnome-keyring-daemon', 'dbus-daemon', 'dbus-send'];

/**
 * The command line, logged in to an embedded platform, with a keychain that knows the password: so that
 * standard input has room for a text.
 */
export class CliOnPlatform {
  readonly profile: string;
  readonly keyring: Keyring;
  /** Where all hypervisors of the platform are reached by SSH. */
  readonly ssh: PlatformAnnouncement['ssh'];
  readonly #demo: ChildProcess;

  private constructor(
    profile: string,
    keyring: Keyring,
    demo: ChildProcess,
    ssh: PlatformAnnouncement['ssh'],
  ) {
    this.ssh = ssh;
    this.profile = profile;
    this.keyring = keyring;
    this.#demo = demo;
  }

  static async start(): Promise<CliOnPlatform> {
    const keyring = await startKeyring();
    const profile = await mkdtemp(path.join(tmpdir(), 'archipel-type-'));
    const demo = spawn(process.execPath, ['cli/archipel.mjs', 'demo', '--json'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(demo.stdout), 'line')) as [string];
    const platform = v.parse(PlatformAnnouncement, JSON.parse(line));
    const { host, port, fingerprint, accounts, ssh } = platform;
    const cli = new CliOnPlatform(profile, keyring, demo, ssh);
    const password = accounts.find(({ jid }) => jid === ADMIN)?.password ?? '';
    const server = ['--host', host, '--port', String(port), '--trust', fingerprint];
    const login = await cli.archipel(password, 'login', ADMIN, ...server);
    expect(login).toEqual({ code: 0, out: `${ADMIN} is logged in.\n`, error: '' });
    return cli;
  }

  archipel(input: string, ...args: readonly string[]) {
    const words = ['cli/archipel.mjs', '--profile', this.profile, ...args];
    return runNode(words, input, this.keyring.environment);
  }

  async stateOf(name: string): Promise<string | undefined> {
    const { out } = await this.archipel('', 'list', '--json');
    const entities = JSON.parse(out) as { name: string; state: string }[];
    return entities.find((one) => one.name === name)?.state;
  }

  async stop(): Promise<void> {
    const gone = once(this.#demo, 'exit');
    this.#demo.kill('SIGTERM');
    await gone;
    await this.keyring.stop();
    await rm(this.profile, { recursive: true });
  }
}
