import { expect, test, type Locator } from '@playwright/test';
import { MOST_HELD } from '../../renderer/features/console/wall/held-screens.ts';
import { deskOnWall } from './support/wall-desk.ts';

test.describe.configure({ mode: 'serial' });

/** More machines that run than a wall holds connections of. */
const desk = deskOnWall({ hypervisors: 4, machines: 22, window: { width: 1000, height: 600 } });
const LONG_SHOWN_MS = 60_000;

test('holds so many screens and no more where a wall is scrolled through, and all that are chosen', async () => {
  test.setTimeout(180_000);
  const { running, wall } = desk;
  expect(running).toBeGreaterThan(MOST_HELD);
  // What has a screen is connected, or about to be.
  const connected = (): Promise<number> => wall.locator('.tile .screen canvas').count();
  const tiles = wall.getByRole('listitem');
  const canvas = (at: number): Locator => tiles.nth(at).locator('.screen canvas');
  const scrollThrough = async (): Promise<void> => {
    for (let at = 0; at < running; at += 1) {
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
