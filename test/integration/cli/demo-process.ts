import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { PlatformAnnouncement } from '../../../core/domain/platform-announcement.ts';
import { root } from '../../support/run-program.ts';

export const ADMIN = 'admin@archipel.test';

/** `archipel demo` in a process of its own. */
export class DemoProcess {
  readonly platform: PlatformAnnouncement;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, platform: PlatformAnnouncement) {
    this.#child = child;
    this.platform = platform;
  }

  static async start(): Promise<DemoProcess> {
    const child = spawn(process.execPath, ['cli/archipel.mjs', 'demo', '--json'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return new DemoProcess(child, v.parse(PlatformAnnouncement, JSON.parse(line)));
  }

  /** Of the administrator. */
  get password(): string {
    const found = this.platform.accounts.find(({ jid }) => jid === ADMIN);
    if (!found) throw new Error('there is no administrator');
    return found.password;
  }

  /** How `archipel login` finds it. */
  get server(): readonly string[] {
    const { host, port } = this.platform;
    return ['--host', host, '--port', String(port)];
  }

  async stop(): Promise<void> {
    const isRunning = this.#child.exitCode === null && this.#child.signalCode === null;
    const gone = isRunning ? once(this.#child, 'exit') : undefined;
    this.#child.kill('SIGTERM');
    await gone;
  }
}
