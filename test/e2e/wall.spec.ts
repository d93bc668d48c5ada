import { expect, test, type Locator } from '@playwright/test';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { launch, newProfile, type LaunchedApp } from './support/launch.ts';

test.describe.configure({ mode: 'serial' });

const place = newProfile();
let launched: LaunchedApp;
let wall: Locator;

const tile = (name: string): Locator =>
  wall.getByRole('listitem').filter({ has: wall.page().getByText(name, { exact: true }) });

test.beforeAll(async () => {
  test.setTimeout(120_000);
  launched = await launch(place.profile, ['--demo']);
  const { window } = launched;
  const [shell, roster] = [new Shell(window), new Roster(window)];
  await shell.skipTour();
  await roster.expectState('web-01', 'running');
  await roster.filter.fill('running');
  await roster.tree.focus();
  await window.keyboard.press('ControlOrMeta+a');
  await shell.run('Show as wall');
  wall = window.getByRole('tabpanel', { name: /^Wall: / });
  await expect(wall).toBeVisible();
});

test.afterAll(async () => {
  await launched.close();
  place.remove();
});

test('shows the screens of a selection beside each other', async () => {
  await expect(wall.getByRole('button', { name: /running/ })).toHaveCount(15);
  // Their text is lighter than what it stands on.
  const drawn = () =>
    wall.locator('.screen canvas').evaluateAll((canvases) => {
      const isDrawn = (canvas: Element): boolean => {
        if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0) return false;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.some((value, at) => at % 4 === 0 && value > 100);
      };
      return canvases.filter(isDrawn).length;
    });
  await expect.poll(drawn, { timeout: 30_000 }).toBe(15);
  await launched.window.screenshot({ path: 'out/e2e/wall.png' });
});

test('moves by the arrow keys, and types into the tile that is chosen', async () => {
  const { keyboard } = launched.window;
  const buttons = wall.getByRole('button', { name: /running/ });
  await buttons.first().click();
  await expect(buttons.first()).toHaveAttribute('aria-current', 'true');
  await keyboard.press('ArrowRight');
  await expect(buttons.nth(1)).toBeFocused();
  await keyboard.press('Enter');
  await expect(wall.getByText('The keyboard goes to the machine.')).toBeVisible();
  await expect(wall.getByRole('listitem').nth(1).locator('canvas').first()).toBeFocused();
  await keyboard.press('Control+Alt+Shift');
  await expect(buttons.nth(1)).toBeFocused();
  await expect(wall.getByText('The keyboard goes to the machine.')).toBeHidden();
});

test('opens the console of a tile by a double click', async () => {
  await tile('web-01').dblclick({ position: { x: 60, y: 60 } });
  await expect(launched.window.getByRole('tabpanel', { name: 'Console: web-01' })).toBeVisible();
});
