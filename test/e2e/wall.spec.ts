import { expect, test, type Locator } from '@playwright/test';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import {
  answered,
  confirmationAfter,
  launch,
  newProfile,
  type LaunchedApp,
} from './support/launch.ts';

test.describe.configure({ mode: 'serial' });

const WAITING = 'Waiting for its picture';
const place = newProfile();
let launched: LaunchedApp;
let wall: Locator;

const tile = (name: string): Locator =>
  wall.getByRole('listitem').filter({ has: wall.page().getByText(name, { exact: true }) });

/** How many pixels of each screen are light, as letters are. */
const lit = (): Promise<readonly number[]> =>
  wall.locator('.screen canvas').evaluateAll((canvases) =>
    canvases.map((canvas) => {
      if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0) return 0;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, at) => at % 4 === 0 && value > 100).length;
    }),
  );

/** Has the page remember which tiles ever said something, however short a time it stood there. */
function remember(words: string): Promise<void> {
  return launched.window.evaluate((text) => {
    const said = new Set<string>();
    const look = (): void => {
      for (const one of document.querySelectorAll('.tile')) {
        if (one.textContent.includes(text)) said.add(one.querySelector('.name')?.textContent ?? '');
      }
    };
    const changes = { subtree: true, childList: true, characterData: true };
    new MutationObserver(look).observe(document.body, changes);
    Object.assign(window, { said });
  }, words);
}

const howManySaidIt = (): Promise<number> =>
  launched.window.evaluate(() => (globalThis as unknown as { said: Set<string> }).said.size);

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
  await remember(WAITING);
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
  const drawn = async () => (await lit()).filter((count) => count > 0).length;
  await expect.poll(drawn, { timeout: 30_000 }).toBe(15);
  expect(await howManySaidIt()).toBe(15);
  await expect(wall.getByText(WAITING)).toHaveCount(0);
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

test('types a line into all that are chosen, once main has asked', async () => {
  const { window } = launched;
  await wall.getByRole('button', { name: 'Choose all screens, or none' }).click();
  await expect(wall.getByText('15 screens chosen')).toBeVisible();
  const confirmation = await confirmationAfter(launched, () =>
    wall.getByRole('button', { name: 'Type into the chosen screens…' }).click(),
  );
  await expect(confirmation.getByRole('heading', { level: 1 })).toHaveText(
    'Type into 15 machines at once?',
  );
  await answered(confirmation, () =>
    confirmation.getByRole('button', { name: 'Type into them' }).click(),
  );
  const before = await lit();
  // A line of letters is far more than a cursor that blinks.
  const line = 'echo ' + 'm'.repeat(60);
  await wall.getByRole('textbox', { name: 'Line for all chosen screens' }).fill(line);
  await window.keyboard.press('Enter');
  await expect
    .poll(async () => (await lit()).filter((count, at) => count > before[at]! + 1000).length, {
      timeout: 30_000,
    })
    .toBe(15);
  // Names in prompts are no difference; a keyboard of another layout, as that guest has, is one.
  await expect(tile('dns-01').getByText(/^differs/u)).toBeVisible();
  await expect(wall.getByText(/^differs/u)).toHaveCount(1);
  await window.screenshot({ path: 'out/e2e/wall-broadcast.png' });
  await wall.getByRole('button', { name: 'End typing into several' }).click();
  await expect(wall.getByRole('textbox')).toHaveCount(0);
});

test('opens the console of a tile by a double click', async () => {
  await tile('web-01').dblclick({ position: { x: 60, y: 60 } });
  await expect(launched.window.getByRole('tabpanel', { name: 'Console: web-01' })).toBeVisible();
});
