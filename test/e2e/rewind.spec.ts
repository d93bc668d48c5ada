import { expect, test } from '@playwright/test';
import { Console } from './pages/console.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { launch, newProfile } from './support/launch.ts';

test('shows what a screen has shown before, and goes on with it', async () => {
  test.setTimeout(120_000);
  const place = newProfile();
  const launched = await launch(place.profile, ['--demo']);
  const { window } = launched;
  try {
    const [shell, roster] = [new Shell(window), new Roster(window)];
    await shell.skipTour();
    await roster.expectState('web-01', 'running');
    await roster.select('web-01');
    const panel = await shell.show('Console: web-01');
    const console = new Console(window, panel);
    await console.connected();
    const rewind = console.button('Show the last minutes, or now');
    const thumb = panel.getByRole('slider', { name: 'Moment of the last minutes' });
    const past = panel.getByLabel(/^The screen as it was: /);
    const light = () =>
      past.evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, at) => at % 4 === 0 && value > 100).length;
      });
    await rewind.click();
    await expect.poll(light, { timeout: 20_000 }).toBeGreaterThan(100);
    const before = await light();
    await rewind.click();
    await console.type('mmmmmmmmmmmmmmmmmmmm');
    await rewind.click();
    // What comes is shown until a moment is chosen.
    await expect.poll(light, { timeout: 20_000 }).toBeGreaterThan(before + 200);
    await window.screenshot({ path: 'out/e2e/rewind.png' });
    await thumb.press('Home');
    await expect.poll(light).toBeLessThan(before + 200);
    await rewind.click();
    await expect(past).toBeHidden();
  } finally {
    await launched.close();
    place.remove();
  }
});
