import { expect, test, type Locator } from '@playwright/test';
import { makeWorld } from '../../demo/world/fleet.ts';
import { MOST_HELD } from '../../renderer/features/console/wall/held-screens.ts';
import { Accounts } from './pages/accounts.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { DemoPlatform } from './support/demo-platform.ts';
import { launch, newProfile, type LaunchedApp } from './support/launch.ts';

test.describe.configure({ mode: 'serial' });

/** More machines that run than a wall holds connections of. */
const SIZE = { hypervisors: 4, machines: 22, seed: 1 };
const RUNNING = makeWorld(SIZE)
  .hosts.flatMap(({ machines }) => machines)
  .filter(({ state }) => state === 'running').length;
const LONG_SHOWN_MS = 60_000;

const place = newProfile();
let platform: DemoPlatform;
let launched: LaunchedApp;
let wall: Locator;

/** How many tiles have a screen, and are so connected or about to be. */
const connected = (): Promise<number> => wall.locator('.tile .screen canvas').count();

test.beforeAll(async () => {
  test.setTimeout(120_000);
  const { hypervisors, machines } = SIZE;
  platform = await DemoPlatform.start('--hypervisors', `${hypervisors}`, '--vms', `${machines}`);
  launched = await launch(place.profile);
  const { window } = launched;
  const accounts = new Accounts(window);
  await accounts.add(platform.account, { remember: false });
  await accounts.trust(platform.announcement.fingerprint);
  const [shell, roster] = [new Shell(window), new Roster(window)];
  await expect(shell.connection).toContainText('Connected');
  await window.setViewportSize({ width: 1000, height: 600 });
  await roster.filter.fill('running');
  await expect(roster.tree.getByRole('treeitem', { level: 3 }).first()).toBeVisible();
  await roster.tree.focus();
  await window.keyboard.press('ControlOrMeta+a');
  await shell.run('Show as wall');
  wall = window.getByRole('tabpanel', { name: /^Wall: / });
  await expect(wall.getByRole('listitem')).toHaveCount(RUNNING);
});

test.afterAll(async () => {
  await launched.close();
  await platform.crash();
  place.remove();
});

test('holds so many screens and no more where a wall is scrolled through, and all that are chosen', async () => {
  test.setTimeout(180_000);
  expect(RUNNING).toBeGreaterThan(MOST_HELD);
  const tiles = wall.getByRole('listitem');
  const canvas = (at: number): Locator => tiles.nth(at).locator('.screen canvas');
  const scrollThrough = async (): Promise<void> => {
    for (let at = 0; at < RUNNING; at += 1) {
      await tiles.nth(at).scrollIntoViewIfNeeded();
      await expect(tiles.nth(at)).toBeInViewport();
    }
  };
  await scrollThrough();
  await expect.poll(connected, { timeout: LONG_SHOWN_MS }).toBe(MOST_HELD);
  await expect(canvas(0)).toHaveCount(0);
  await tiles.first().scrollIntoViewIfNeeded();
  await expect(canvas(0)).toBeVisible({ timeout: LONG_SHOWN_MS });
  await expect.poll(connected, { timeout: LONG_SHOWN_MS }).toBe(MOST_HELD);
  await tiles.first().getByRole('checkbox').check();
  await scrollThrough();
  await expect.poll(connected, { timeout: LONG_SHOWN_MS }).toBe(MOST_HELD + 1);
  await expect(canvas(0)).toHaveCount(1);
});
