import { _electron, expect, test } from '@playwright/test';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { requirePrograms } from '../support/required-programs.ts';
import { Accounts } from './pages/accounts.ts';
import { Console } from './pages/console.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { adopt } from './support/adopt.ts';
import { commandLine, launch, newProfile, root } from './support/launch.ts';
import { SCREEN_PROGRAMS, startScreenPlatform } from './support/screen-platform.ts';

const canRun = requirePrograms('The past of a screen that fills memory', SCREEN_PROGRAMS);
/** Nothing of a picture of noise can be squeezed: seven of these are more than memory keeps. */
const [WIDTH, HEIGHT] = [1600, 1000];
const FILLED_MS = 90_000;

test('what memory has no room for goes to the disk by itself, and is shown from there', async () => {
  test.skip(!canRun, 'a program is missing');
  test.setTimeout(240_000);
  const ends: (() => Promise<unknown>)[] = [];
  const place = newProfile();
  try {
    const platform = await startScreenPlatform({ geometry: `${WIDTH}x${HEIGHT}` });
    ends.unshift(() => platform.stop());
    const guest = await _electron.launch({
      executablePath: commandLine(place.profile, []).executable,
      args: ['--no-sandbox', path.join(root, 'test/e2e/support/clipboard-program.cjs')],
      env: { ...(process.env as Record<string, string>), DISPLAY: platform.screen.display },
    });
    ends.unshift(() => guest.close());
    const launched = await launch(place.profile);
    ends.unshift(() => launched.close());
    const { window } = launched;
    const [shell, roster] = [new Shell(window), new Roster(window)];
    const accounts = new Accounts(window);
    await accounts.add(platform.account, { remember: false });
    await accounts.trust();
    await expect(shell.connection).toContainText('Connected');
    await adopt(shell, roster, platform);
    await roster.expectState(platform.machine, 'running');
    await roster.select(platform.machine);
    const page = path.join(root, 'test/e2e/support/noise-page.html');
    const painting = guest.waitForEvent('window');
    await guest.evaluate(
      ({ BrowserWindow }, { file, width, height }) => {
        const window = new BrowserWindow({ frame: false, x: 0, y: 0, width, height });
        return window.loadFile(file);
      },
      { file: page, width: WIDTH, height: HEIGHT },
    );
    const paint = await painting;
    const panel = await shell.show(`Console: ${platform.machine}`);
    const console = new Console(window, panel);
    await console.connected();
    const picture = console.screen.locator('canvas').first();
    /** How light the bar below the noise is. */
    const bar = (canvas: HTMLCanvasElement): number => {
      const { width, height } = canvas;
      return canvas.getContext('2d')!.getImageData(width >> 1, height - 50, 1, 1).data[0] ?? 0;
    };
    await expect.poll(() => picture.evaluate(bar)).toBeGreaterThan(0);
    await console.chooseOfScreen('Keep more of the past, encrypted on this disk');

    await paint.evaluate(() => Object.assign(window, { isPainting: true }));
    const folder = path.join(place.profile, 'past-screens');
    const pieces = (): number => (existsSync(folder) ? readdirSync(folder).length : 0);
    await expect.poll(pieces, { timeout: FILLED_MS }).toBeGreaterThan(3);
    await paint.evaluate(() => Object.assign(window, { isPainting: false }));

    const now = await picture.evaluate(bar);
    await console.button('Show the last minutes, or now').click();
    const past = panel.getByLabel(/^The screen as it was: /);
    await expect(past).toBeVisible();
    await panel.getByRole('slider', { name: 'Moment of the last minutes' }).press('Home');
    await expect.poll(() => past.evaluate(bar)).toBeLessThan(now - 7);
    expect(await past.evaluate(bar)).toBeGreaterThan(0);
    expect(await past.evaluate(({ width, height }: HTMLCanvasElement) => [width, height])).toEqual([
      WIDTH,
      HEIGHT,
    ]);
    await window.screenshot({ path: 'out/e2e/rewind-disk.png' });
  } finally {
    for (const end of ends) await end();
    place.remove();
  }
});
