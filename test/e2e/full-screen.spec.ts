import { expect, test } from '@playwright/test';
import { requirePrograms, whatIsMissing } from '../support/required-programs.ts';
import { BOTH, TWO_DISPLAYS_PROGRAMS, TwoDisplays } from '../support/two-displays.ts';
import { Console } from './pages/console.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { launch, newProfile } from './support/launch.ts';

const canRun = requirePrograms('full screen on two displays', TWO_DISPLAYS_PROGRAMS);
test.skip(!canRun, whatIsMissing(TWO_DISPLAYS_PROGRAMS));

test('fills the display that is chosen, gives all keys to the guest, and goes back', async () => {
  test.setTimeout(120_000);
  const place = newProfile();
  const displays = await TwoDisplays.start(BOTH);
  const launched = await launch(place.profile, ['--demo'], displays.name);
  const { window, app } = launched;
  const bounds = () =>
    app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
  const filling = () => window.evaluate(() => document.fullscreenElement !== null);
  try {
    const [shell, roster] = [new Shell(window), new Roster(window)];
    await shell.skipTour();
    await roster.expectState('web-01', 'running');
    await roster.select('web-01');
    const panel = await shell.show('Console: web-01');
    const console = new Console(window, panel);
    await console.connected();
    const before = await bounds();

    const menu = await console.openScreenMenu();
    await menu.getByRole('menuitem', { name: /^Full screen on display 2/u }).click();
    await expect.poll(filling).toBe(true);
    await expect.poll(async () => (await bounds())?.x).toBe(BOTH[1].x);
    const canvas = console.screen.locator('canvas').first();
    await expect(canvas).toBeFocused();
    await window.screenshot({ path: 'out/e2e/full-screen.png' });

    // They are the guest's, and leave neither the screen nor the full screen.
    await window.keyboard.press('Tab');
    await window.keyboard.press('Escape');
    await expect(canvas).toBeFocused();
    expect(await filling()).toBe(true);

    await window.keyboard.press('Control+Alt+Shift');
    await expect(canvas).not.toBeFocused();
    const outside = () =>
      window.evaluate(() => document.activeElement?.closest('.console.full') === null);
    for (let count = 0; count < 20; count += 1) {
      await window.keyboard.press('Tab');
      const isGuest = await canvas.evaluate((it) => it === document.activeElement);
      if (isGuest) await window.keyboard.press('Control+Alt+Shift');
      const isBody = await window.evaluate(() => document.activeElement === document.body);
      expect(isBody || !(await outside())).toBe(true);
    }
    await console.button('Screen').focus();
    await window.keyboard.press('Escape');
    await expect.poll(filling).toBe(false);
    await expect.poll(bounds).toEqual(before);
  } finally {
    await launched.close();
    await displays.stop();
    place.remove();
  }
});
