import { expect, test } from '@playwright/test';
import { requirePrograms } from '../support/required-programs.ts';
import { Accounts } from './pages/accounts.ts';
import { Controls } from './pages/controls.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { adopt } from './support/adopt.ts';
import {
  answered,
  confirmationAfter,
  launch,
  newProfile,
  type LaunchedApp,
} from './support/launch.ts';
import { PLATFORMS, type TestPlatform } from './support/platforms.ts';

/** What libvirt tells is seen in the roster within this time. */
const PROMPT_MS = 2000;
const KEYRING_PROGRAMS = ['dbus-daemon', 'gnome-keyring-daemon'];

/** The app on a profile of its own, over restarts. */
class Seat {
  readonly #place = newProfile();
  #launched: LaunchedApp | undefined;

  get launched(): LaunchedApp {
    if (!this.#launched) throw new Error('The app does not run');
    return this.#launched;
  }

  get shell(): Shell {
    return new Shell(this.launched.window);
  }

  get roster(): Roster {
    return new Roster(this.launched.window);
  }

  async start(): Promise<void> {
    this.#launched = await launch(this.#place.profile);
  }

  async restart(): Promise<void> {
    await this.launched.close();
    await this.start();
  }

  async leave(): Promise<void> {
    await this.#launched?.close();
    this.#place.remove();
  }
}

async function logIn(seat: Seat, platform: TestPlatform): Promise<void> {
  await seat.start();
  const accounts = new Accounts(seat.launched.window);
  await accounts.add(platform.account, { remember: true });
  await accounts.trust();
  await expect(seat.shell.connection).toContainText('Connected');
  await adopt(seat.shell, seat.roster, platform);
  await seat.roster.expectState(platform.machine, 'off');
}

/** The password comes from the keyring: nobody is asked. */
async function comeBack(seat: Seat, { machine }: TestPlatform): Promise<void> {
  await seat.restart();
  await expect(seat.shell.connection).toContainText('Connected', { timeout: 15_000 });
  await expect(seat.roster.item(machine)).toHaveAccessibleDescription('off');
}

async function drive({ launched, shell, roster }: Seat, platform: TestPlatform): Promise<void> {
  const { machine } = platform;
  await roster.select(machine);
  const controls = new Controls(await shell.show(`Controls: ${machine}`));
  await controls.button('Start').click();
  const startedAt = await platform.eventAt('started');
  await roster.expectState(machine, 'running', PROMPT_MS);
  expect(Date.now() - startedAt).toBeLessThan(PROMPT_MS);
  await platform.booted();
  await controls.button('Shut down').click();
  // A clock that is stepped before the guest was asked would be stepped for nothing.
  await roster.expectState(machine, '(shutting down|off)');
  await platform.eventAt('stopped');
  await roster.expectState(machine, 'off', PROMPT_MS);
  await controls.button('Start').click();
  await roster.expectState(machine, 'running');
  const confirmation = await confirmationAfter(launched, () =>
    controls.button('Force off').click(),
  );
  await answered(confirmation, () =>
    confirmation.getByRole('button', { name: 'Force off', exact: true }).click(),
  );
  await roster.expectState(machine, 'off');
}

for (const { name, programs, start } of PLATFORMS) {
  const canRun = requirePrograms(`End to end on ${name}`, [...programs, ...KEYRING_PROGRAMS]);

  test(`logs in on ${name}, remembers, and drives a machine from the roster`, async () => {
    test.skip(!canRun, 'a program is missing');
    test.setTimeout(120_000);
    const platform = await start();
    const seat = new Seat();
    let ended;
    try {
      await logIn(seat, platform);
      await comeBack(seat, platform);
      await drive(seat, platform);
    } finally {
      await seat.leave();
      ended = await platform.stop();
    }
    expect(ended).toEqual({ exitCode: 0, left: [] });
  });
}
