import { expect, test, type Page } from '@playwright/test';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { requirePrograms, whatIsMissing } from '../support/required-programs.ts';
import { root } from './support/launch.ts';
import { deskOnScreen } from './support/screen-desk.ts';
import { SCREEN_PROGRAMS } from './support/screen-platform.ts';

const canRun = requirePrograms('The past of a screen that fills memory', SCREEN_PROGRAMS);
test.skip(!canRun, whatIsMissing(SCREEN_PROGRAMS));

/** Nothing of a picture of noise can be squeezed: seven of these are more than memory keeps. */
const [WIDTH, HEIGHT] = [1600, 1000];
/** Memory is full, and the oldest of it has gone to the disk. */
const PICTURES = 9;
/** A picture is drawn, and noted within a second, on a machine that has much else to do. */
const NOTED_MS = 20_000;
const desk = deskOnScreen(async () => ({ geometry: `${WIDTH}x${HEIGHT}` }));

/** Fills the screen of the guest with noise above a bar, which is lighter in each picture. */
async function beginNoise(): Promise<Page> {
  const guest = await desk.startGuest();
  const begun = guest.waitForEvent('window');
  await guest.evaluate(
    ({ BrowserWindow }, { file, width, height }) => {
      const window = new BrowserWindow({ frame: false, x: 0, y: 0, width, height });
      return window.loadFile(file);
    },
    { file: path.join(root, 'test/e2e/support/noise-page.html'), width: WIDTH, height: HEIGHT },
  );
  return begun;
}

/** How light the bar below the noise is: the number of the picture. */
function bar(canvas: HTMLCanvasElement): number {
  const { width, height } = canvas;
  return canvas.getContext('2d')!.getImageData(width >> 1, height - 50, 1, 1).data[0] ?? 0;
}

test('what memory has no room for goes to the disk by itself, and is shown from there', async () => {
  test.setTimeout(240_000);
  const noise = await beginNoise();
  const console = await desk.openConsole();
  const { panel, screen } = console;
  await expect.poll(() => screen.locator('canvas').first().evaluate(bar)).toBe(1);
  await console.chooseOfScreen('Keep more of the past, encrypted on this disk');

  await console.button('Show the last minutes, or now').click();
  const past = panel.getByLabel(/^The screen as it was: /);
  for (let picture = 1; picture <= PICTURES; picture += 1) {
    if (picture > 1) await noise.evaluate('paint()');
    // What comes is shown from what is kept, so that no picture is painted over before.
    await expect.poll(() => past.evaluate(bar), { timeout: NOTED_MS }).toBe(picture);
  }
  const folder = path.join(desk.profile, 'past-screens');
  const pieces = (): number => (existsSync(folder) ? readdirSync(folder).length : 0);
  await expect.poll(pieces).toBeGreaterThan(3);

  await panel.getByRole('slider', { name: 'Moment of the last minutes' }).press('Home');
  await expect.poll(() => past.evaluate(bar), { timeout: NOTED_MS }).toBe(1);
  expect(await past.evaluate(({ width, height }: HTMLCanvasElement) => [width, height])).toEqual([
    WIDTH,
    HEIGHT,
  ]);
  await desk.window.screenshot({ path: 'out/e2e/rewind-disk.png' });
});
