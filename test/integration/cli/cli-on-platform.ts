import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import type { PlatformAnnouncement } from '../../../core/domain/platform-announcement.ts';
import { startKeyring, type Keyring } from '../../support/keyring.ts';
import { runNode } from '../../support/run-program.ts';
import { ADMIN, DemoProcess } from './demo-process.ts';

export const KEYCHAIN_PROGRAMS = ['gnome-keyring-daemon', 'dbus-daemon', 'dbus-send'];

/**
 * The command line, logged in to an embedded platform, with a keychain that knows the password: so that
 * standard input has room for a text.
 */
export class CliOnPlatform {
  readonly profile: string;
  readonly keyring: Keyring;
  readonly #demo: DemoProcess;

  private constructor(profile: string, keyring: Keyring, demo: DemoProcess) {
    this.profile = profile;
    this.keyring = keyring;
    this.#demo = demo;
  }

  static async start(): Promise<CliOnPlatform> {
    const keyring = await startKeyring();
    const profile = await mkdtemp(path.join(tmpdir(), 'archipel-type-'));
    const demo = await DemoProcess.start();
    const cli = new CliOnPlatform(profile, keyring, demo);
    const server = [...demo.server, '--trust', demo.platform.fingerprint];
    const login = await cli.archipel(demo.password, 'login', ADMIN, ...server);
    expect(login).toEqual({ code: 0, out: `${ADMIN} is logged in.\n`, error: '' });
    return cli;
  }

  /** Where all hypervisors of the platform are reached by SSH. */
  get ssh(): PlatformAnnouncement['ssh'] {
    return this.#demo.platform.ssh;
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
    await this.#demo.stop();
    await this.keyring.stop();
    await rm(this.profile, { recursive: true });
  }
}
