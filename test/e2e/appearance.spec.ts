import { expect, test, type Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deskOnDemo } from './support/desk.ts';
import { root } from './support/launch.ts';

const PICTURES = path.join(root, 'out/e2e/appearance');
const desk = deskOnDemo(async ({ roster, shell }) => {
  await shell.skipTour();
  await roster.select('web-01');
  const shown = await shell.show('Controls: web-01');
  await expect(shown.locator('[aria-busy=true]')).toHaveCount(0);
});

test.describe.configure({ mode: 'serial' });

/** Visible elements whose text reaches beyond the window, or beyond what they can show of it. */
async function cutOff(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const buttons = [...document.querySelectorAll<HTMLElement>('button, [role=tab], h2')];
    return (
      buttons
        .filter((element) => element.offsetParent !== null)
        // Tabs scroll in their strip, and those out of sight are listed behind it.
        .filter((element) => element.closest('.dv-tabs-container') === null)
        .filter((element) => {
          const { left, right } = element.getBoundingClientRect();
          return left < -1 || right > window.innerWidth + 1;
        })
        .map(({ textContent, ariaLabel }) => ariaLabel ?? textContent)
    );
  });
}

async function photograph(name: string): Promise<void> {
  await desk.window.screenshot({ path: path.join(PICTURES, `${name}.png`) });
  const page = desk.window.locator('html');
  // The window itself never scrolls; its parts do.
  expect(await page.evaluate((html) => html.scrollWidth <= html.clientWidth)).toBe(true);
}

test('nothing moves where the system asks for calm', async () => {
  const { window } = desk;
  await window.emulateMedia({ reducedMotion: 'reduce' });
  await desk.shell.run('Settings');
  await desk.shell.dialog('Settings').waitFor();
  const moving = await window.evaluate(
    () =>
      [...document.querySelectorAll('*')]
        .map((element) => getComputedStyle(element))
        .filter(({ transitionDuration, animationDuration }) =>
          [transitionDuration, animationDuration].some((one) => parseFloat(one) > 0.001),
        ).length,
  );
  expect(moving).toBe(0);
  await photograph('reduced-motion');
  await window.keyboard.press('Escape');
  await window.emulateMedia({ reducedMotion: 'no-preference' });
});

test('states, selection and focus can be told in forced colours', async () => {
  const { window } = desk;
  await window.emulateMedia({ forcedColors: 'active' });
  await desk.roster.tree.focus();
  const colours = await desk.roster.item('web-01').evaluate((row) => {
    const other = document.querySelector('[role=treeitem][aria-selected=false]');
    const look = (element: Element): string => {
      const { backgroundColor, outline, borderColor } = getComputedStyle(element);
      return [backgroundColor, outline, borderColor].join();
    };
    return { isTold: other !== null && look(row) !== look(other) };
  });
  expect(colours).toEqual({ isTold: true });
  await photograph('forced-colours');
  await window.emulateMedia({ forcedColors: 'none' });
});

test('everything can be reached at 200 %', async () => {
  const { app, window: page } = desk;
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]!.webContents.setZoomFactor(2);
  });
  await expect.poll(() => page.evaluate(() => window.devicePixelRatio)).toBe(2);
  await expect(desk.roster.tree).toBeInViewport();
  await expect(desk.shell.panel('Controls: web-01')).toBeInViewport();
  await expect(desk.shell.connection).toBeInViewport();
  expect(await cutOff(page)).toEqual([]);
  await page.locator('.dv-tabs-overflow-dropdown-default').click();
  const hidden = page.locator('.dv-tabs-overflow-container').getByText('Console: web-01');
  await expect(hidden).toBeInViewport({ ratio: 1 });
  await hidden.click();
  await expect(desk.shell.panel('Console: web-01')).toBeInViewport();
  await desk.shell.tab('Controls: web-01').click();
  // By main: Playwright's own picture does not reckon with the zoom of the window.
  const picture = await app.evaluate(async ({ BrowserWindow }) => {
    const { webContents } = BrowserWindow.getAllWindows()[0]!;
    return (await webContents.capturePage()).toPNG().toString('base64');
  });
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(path.join(PICTURES, 'zoom-200.png'), picture, 'base64');
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]!.webContents.setZoomFactor(1);
  });
});

test('every word comes from the catalogue, and there is room for longer ones', async () => {
  const { window } = desk;
  await desk.shell.run('Settings');
  await desk.shell.dialog('Settings').getByRole('combobox', { name: 'Language' }).click();
  await window.getByRole('option', { name: /^Pseudo-language/u }).click();
  await expect(window.getByRole('tree', { name: /^Röštër·+$/u })).toBeVisible();
  await expect(window.getByRole('tabpanel')).toBeVisible();
  await expect(window.locator('[aria-busy=true]')).toHaveCount(0);
  const names = await window.evaluate(() =>
    [...document.querySelectorAll('button, [role=tab], [role=tree], h3, dt')]
      .filter((element) => element instanceof HTMLElement && element.offsetParent !== null)
      .map(({ ariaLabel, textContent }) => (ariaLabel ?? textContent).trim())
      .filter((name) => /[a-z]{2}/u.test(name) && !/[·]/u.test(name)),
  );
  // Only what is nobody's word stays as it is.
  expect(names).toEqual(['admin@archipel.test']);
  expect(await cutOff(window)).toEqual([]);
  await photograph('pseudo-language');
});
