import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { Accounts } from '../pages/accounts.ts';
import { Roster } from '../pages/roster.ts';
import { Shell } from '../pages/shell.ts';
import { adopt } from './adopt.ts';
import { DemoPlatform } from './demo-platform.ts';
import { answered, confirmationAfter, launch, newProfile, type LaunchedApp } from './launch.ts';
import type { TestPlatform } from './platforms.ts';

/** A demo platform inside the app is complete after this at the latest, milliseconds. */
const COMPLETE_MS = 30_000;

type Joined = Pick<TestPlatform, 'account' | 'machine' | 'newcomer'>;

/** The app that all tests of a file share, with a profile of its own. */
export class Desk {
  readonly profile: string;
  readonly #remove: () => void;
  #launched: LaunchedApp | undefined;

  constructor() {
    const { profile, remove } = newProfile();
    this.profile = profile;
    this.#remove = remove;
  }

  /** Only there while tests run: a file makes its desk when its tests are listed. */
  get launched(): LaunchedApp {
    if (!this.#launched) throw new Error('The app has not been started yet');
    return this.#launched;
  }

  get app(): ElectronApplication {
    return this.launched.app;
  }

  get window(): Page {
    return this.launched.window;
  }

  get roster(): Roster {
    return new Roster(this.window);
  }

  get shell(): Shell {
    return new Shell(this.window);
  }

  async start(...args: readonly string[]): Promise<void> {
    this.#launched = await launch(this.profile, args);
  }

  /** Quits the app, which must not have complained. */
  async quit(): Promise<void> {
    const launched = this.#launched;
    this.#launched = undefined;
    await launched?.close();
  }

  /** Ends the app at once, as if its machine had lost power. */
  async kill(): Promise<void> {
    const { app } = this;
    this.#launched = undefined;
    const ended = app.waitForEvent('close');
    app.process().kill('SIGKILL');
    await ended;
  }

  /** Quits the app and starts it on the same profile. */
  async restart(...args: readonly string[]): Promise<void> {
    await this.quit();
    await this.start(...args);
  }

  /** Quits the app and takes its profile away. */
  async end(): Promise<void> {
    await this.quit();
    this.#remove();
  }

  /** Gives the app its first account, on a platform outside it, and takes the machine in. */
  async join(platform: Joined, { remember }: { readonly remember: boolean }): Promise<void> {
    const accounts = new Accounts(this.window);
    await accounts.add(platform.account, { remember });
    await accounts.trust();
    await expect(this.shell.connection).toContainText('Connected');
    await adopt(this.shell, this.roster, platform);
  }

  /** Goes ahead in main's window with what an action asks for. */
  async agree(verb: string, action: () => Promise<void>): Promise<void> {
    const confirmation = await confirmationAfter(this.launched, action);
    await answered(confirmation, () =>
      confirmation.getByRole('button', { name: verb, exact: true }).click(),
    );
  }

  /** Saves what the window looks like in both themes, as `<path>-light.png` and `<path>-dark.png`. */
  async photograph(path: string): Promise<void> {
    const { window } = this;
    for (const theme of ['light', 'dark'] as const) {
      await window.emulateMedia({ colorScheme: theme });
      await expect(window.locator('html')).toHaveAttribute('data-theme', theme);
      await window.screenshot({ path: `${path}-${theme}.png`, animations: 'disabled' });
    }
    await window.emulateMedia({ colorScheme: 'light' });
  }
}

/** The app with an account on a demo platform outside it, whose clock and faults the tests hold. */
export class PlatformDesk extends Desk {
  #platform: DemoPlatform | undefined;

  get platform(): DemoPlatform {
    if (!this.#platform) throw new Error('The platform has not been started yet');
    return this.#platform;
  }

  /** Starts both, and connects the app for the first time. */
  async connect(remember: boolean, ...args: readonly string[]): Promise<void> {
    this.#platform = await DemoPlatform.start();
    await this.start(...args);
    const { account, announcement } = this.#platform;
    const accounts = new Accounts(this.window);
    await accounts.add(account, { remember });
    await accounts.trust(announcement.fingerprint);
    await expect(this.roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(20);
    await this.window.setViewportSize({ width: 1280, height: 800 });
  }

  override async end(): Promise<void> {
    await super.end();
    await this.#platform?.crash();
  }
}

/** The app as somebody starts it for the first time. */
export function deskOnFirstScreen(): Desk {
  return begunBefore(new Desk(), (desk) => desk.start());
}

/** The app on the demo platform inside it, the tour skipped; `ready` is waited for before the first test. */
export function deskOnDemo(
  ready: (desk: Desk) => Promise<unknown> = ({ shell }) => shell.skipTour(),
): Desk {
  return begunBefore(new Desk(), async (desk) => {
    await desk.start('--demo');
    await ready(desk);
  });
}

/** The app with an account on a demo platform outside it; `remember` keeps the password in the keychain. */
export function deskOnPlatform({ remember = false } = {}): PlatformDesk {
  return begunBefore(new PlatformDesk(), (desk) => desk.connect(remember));
}

/** A desk that begins before the tests of the file that calls this, and ends after them. */
export function begunBefore<D extends Desk>(desk: D, begin: (desk: D) => Promise<unknown>): D {
  test.beforeAll(async () => {
    await begin(desk);
  });
  test.afterAll(() => desk.end());
  return desk;
}

/** Waits until the roster has come, and skips the tour. */
export async function complete({ roster, shell }: Desk): Promise<void> {
  await shell.skipTour();
  await expect(roster.item('web-01')).toBeVisible({ timeout: COMPLETE_MS });
}
