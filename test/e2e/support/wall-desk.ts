import { expect, test, type Locator } from '@playwright/test';
import { makeWorld } from '../../../demo/world/fleet.ts';
import { Accounts } from '../pages/accounts.ts';
import { DemoPlatform } from './demo-platform.ts';
import { begunBefore, Desk } from './desk.ts';

/** The platform, the app and the log-in to it begin one after the other, milliseconds. */
const BEGUN_MS = 120_000;

/** What is on the platform, and how large the window is. */
interface WallOptions {
  readonly hypervisors: number;
  /** All of them, of which some are off. */
  readonly machines: number;
  readonly window: { readonly width: number; readonly height: number };
}

/** The app with a wall of all machines that run on a platform in another process. */
export class WallDesk extends Desk {
  /** How many machines run. */
  readonly running: number;
  readonly #options: WallOptions;
  #platform: DemoPlatform | undefined;

  constructor(options: WallOptions) {
    super();
    this.#options = options;
    const { hypervisors, machines } = options;
    this.running = makeWorld({ hypervisors, machines, seed: 1 })
      .hosts.flatMap((host) => host.machines)
      .filter(({ state }) => state === 'running').length;
  }

  get wall(): Locator {
    return this.window.getByRole('tabpanel', { name: /^Wall: / });
  }

  /** Starts all, and opens the wall. */
  async begin(): Promise<void> {
    const { hypervisors, machines, window: size } = this.#options;
    const fleet = ['--hypervisors', `${hypervisors}`, '--vms', `${machines}`];
    this.#platform = await DemoPlatform.start(...fleet);
    const { account, announcement } = this.#platform;
    await this.start();
    const { roster, shell, window } = this;
    const accounts = new Accounts(window);
    await accounts.add(account, { remember: false });
    await accounts.trust(announcement.fingerprint);
    await expect(shell.connection).toContainText('Connected');
    await window.setViewportSize(size);
    await roster.filter.fill('running');
    // Of very many rows those in sight are there, so their chip tells that all have come.
    await expect(window.getByRole('button', { name: `running ${this.running}` })).toBeVisible();
    await expect(roster.tree.getByRole('treeitem', { level: 3 }).first()).toBeVisible();
    await roster.tree.focus();
    await window.keyboard.press('ControlOrMeta+a');
    await shell.run('Show as wall');
    await expect(this.wall.getByRole('listitem')).toHaveCount(this.running);
  }

  override async end(): Promise<void> {
    await super.end();
    await this.#platform?.crash();
  }
}

/** A wall of all machines that run, for the tests of a file. */
export function deskOnWall(options: WallOptions): WallDesk {
  return begunBefore(new WallDesk(options), (desk) => {
    test.setTimeout(BEGUN_MS);
    return desk.begin();
  });
}
