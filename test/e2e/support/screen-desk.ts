import { _electron, test, type ElectronApplication } from '@playwright/test';
import path from 'node:path';
import type { XvncOptions } from '../../support/xvnc.ts';
import { Console } from '../pages/console.ts';
import { begunBefore, Desk } from './desk.ts';
import { commandLine, root } from './launch.ts';
import { startScreenPlatform, type ScreenPlatform } from './screen-platform.ts';

/** QEMU, a server, an agent and the app begin one after the other, milliseconds. */
const BEGUN_MS = 180_000;

/** The app in front of a running machine whose screen is a TigerVNC server. */
export class ScreenDesk extends Desk {
  #platform: ScreenPlatform | undefined;
  #guest: ElectronApplication | undefined;

  get platform(): ScreenPlatform {
    if (!this.#platform) throw new Error('The platform has not been started yet');
    return this.#platform;
  }

  /** Starts all, and selects the machine. */
  async begin(options: Partial<XvncOptions>): Promise<void> {
    this.#platform = await startScreenPlatform(options);
    await this.start();
    await this.join(this.#platform, { remember: false });
    await this.roster.expectState(this.#platform.machine, 'running');
    await this.roster.select(this.#platform.machine);
  }

  /** Starts a program on the machine's own screen, as a user of it has. */
  async startGuest(): Promise<ElectronApplication> {
    this.#guest = await _electron.launch({
      executablePath: commandLine(this.profile, []).executable,
      args: ['--no-sandbox', path.join(root, 'test/e2e/support/clipboard-program.cjs')],
      env: { ...(process.env as Record<string, string>), DISPLAY: this.platform.screen.display },
    });
    return this.#guest;
  }

  /** Opens the console of the machine, and waits until its screen is drawn. */
  async openConsole(): Promise<Console> {
    const panel = await this.shell.show(`Console: ${this.platform.machine}`);
    const console = new Console(this.window, panel);
    await console.connected();
    return console;
  }

  override async end(): Promise<void> {
    await this.#guest?.close();
    await super.end();
    await this.#platform?.stop();
  }
}

/** The app in front of a screen with these options, for the tests of a file. */
export function deskOnScreen(options: () => Promise<Partial<XvncOptions>>): ScreenDesk {
  return begunBefore(new ScreenDesk(), async (desk) => {
    test.setTimeout(BEGUN_MS);
    await desk.begin(await options());
  });
}
