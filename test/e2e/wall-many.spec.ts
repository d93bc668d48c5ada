import { expect, test } from '@playwright/test';
import type { BridgedApi } from '../../core/contract/contract.ts';
import { deskOnWall } from './support/wall-desk.ts';

test.describe.configure({ mode: 'serial' });

/** More machines than a wall of 24 needs, of which some are off. */
const desk = deskOnWall({ hypervisors: 4, machines: 10, window: { width: 2560, height: 1440 } });
const LONG_SHOWN_MS = 30_000;

/** Of each tile, how many of its pixels are light, as letters are; 0 for one without a picture. */
const lit = (): Promise<readonly number[]> =>
  desk.wall.locator('.tile').evaluateAll((tiles) =>
    tiles.map((tile) => {
      const canvas = tile.querySelector<HTMLCanvasElement>('.screen canvas');
      if (!canvas || canvas.width === 0) return 0;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, at) => at % 4 === 0 && value > 100).length;
    }),
  );

const drawn = async (): Promise<number> => (await lit()).filter((count) => count > 0).length;

/** How many tiles the browser itself holds to be in sight, a corner at least. */
const tilesInSight = (): Promise<number> =>
  desk.wall.locator('.tile').evaluateAll(
    (tiles) =>
      new Promise<number>((resolve) => {
        const observer = new IntersectionObserver((entries) => {
          observer.disconnect();
          resolve(entries.filter(({ isIntersecting }) => isIntersecting).length);
        });
        for (const tile of tiles) observer.observe(tile);
      }),
  );

/** Updates of each open screen in a time in which all of them change without end, the fewest first. */
function updates(seconds: number): Promise<readonly number[]> {
  return desk.window.evaluate(async (wanted) => {
    const { archipel } = globalThis as unknown as { readonly archipel: BridgedApi };
    const counts = new Map<string, { first: number; at: number; last: number; until: number }>();
    const stroke = (isDown: boolean) => ({ isDown, keysym: 0x6d, scancode: 0x32 });
    const typing = setInterval(() => {
      for (const key of counts.keys()) {
        void archipel.consoles.press({ key, strokes: [stroke(true), stroke(false)] });
      }
    }, 50);
    const hasCounted = (count: { at: number; until: number }) =>
      count.until - count.at >= wanted * 1000;
    await new Promise<void>((resolve) => {
      const stop = archipel.consoles.traffic(({ key, traffic }) => {
        const now = performance.now();
        const count = counts.get(key);
        if (count) Object.assign(count, { last: traffic.updates, until: now });
        else counts.set(key, { first: traffic.updates, at: now, last: 0, until: now });
        if (![...counts.values()].every(hasCounted)) return;
        stop();
        resolve();
      });
    });
    clearInterval(typing);
    const all = [...counts.values()].map(({ first, last }) => last - first);
    return all.sort((one, other) => one - other);
  }, seconds);
}

test('draws each of 24 screens and more of a platform in another process', async () => {
  const { running, shell, wall, window } = desk;
  expect(running).toBeGreaterThanOrEqual(24);
  await expect(wall.getByRole('listitem')).toHaveCount(running);
  await expect.poll(drawn, { timeout: LONG_SHOWN_MS }).toBe(running);
  for (const theme of ['light', 'dark']) {
    await expect(window.locator('html')).toHaveAttribute('data-theme', theme);
    await window.screenshot({ path: `out/e2e/wall-many-${theme}.png` });
    await shell.toggleTheme();
  }
});

test('draws the chosen one as fast as it changes, others twice a second, and none out of sight', async () => {
  await desk.window.setViewportSize({ width: 1000, height: 480 });
  const { running, wall } = desk;
  const buttons = wall.getByRole('button', { name: /running/ });
  await buttons.first().click();
  await expect(buttons.first()).toHaveAttribute('aria-current', 'true');
  await expect(buttons.last()).not.toBeInViewport();
  const shown = await tilesInSight();
  expect(shown).toBeGreaterThan(2);
  expect(shown).toBeLessThan(running);
  const counts = await updates(4);
  const [hidden, beside] = [counts.slice(0, running - shown), counts.slice(running - shown, -1)];
  // Of one out of sight there was still an answer to come, to what had been asked before.
  expect(hidden.filter((count) => count > 1)).toEqual([]);
  // Twice a second for four seconds and the one in which the count was read.
  expect(beside.filter((count) => count < 6 || count > 11)).toEqual([]);
  expect(counts.at(-1)).toBeGreaterThan(30);
});
