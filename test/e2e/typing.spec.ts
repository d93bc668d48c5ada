import { expect, test } from '@playwright/test';
import { Console } from './pages/console.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { launch, newProfile, type LaunchedApp } from './support/launch.ts';

const { profile, remove } = newProfile();
let launched: LaunchedApp;
let console: Console;
let shell: Shell;

/** A guest of the demo platform with a French keyboard, of which its definition says nothing. */
const FRENCH = 'dns-01';

test.beforeAll(async () => {
  launched = await launch(profile, ['--demo']);
  shell = new Shell(launched.window);
  await shell.skipTour();
  await new Roster(launched.window).select(FRENCH);
  console = new Console(launched.window, await shell.show(`Console: ${FRENCH}`));
  await console.connected();
});

test.afterAll(async () => {
  await launched.close();
  remove();
});

test('a text is looked over for the layout of the guest, and arrives as it was written', async () => {
  await console.button('Type text…').click();
  const dialog = shell.dialog(`Type text in ${FRENCH}`);
  const text = dialog.getByRole('textbox', { name: 'Text', exact: true });
  await text.fill('echo é@€\n');
  await expect(dialog.getByRole('alert')).toContainText('2 characters cannot be typed');
  await expect(dialog.getByRole('button', { name: 'Type it' })).toBeDisabled();
  await launched.window.screenshot({ path: 'out/e2e/type-text-refused.png' });

  await dialog.getByLabel('Keyboard layout of the guest').click();
  await launched.window.getByRole('option', { name: 'French', exact: true }).click();
  await dialog.getByRole('button', { name: 'Type it' }).click();
  await expect(dialog.getByRole('status')).toHaveText('9 of 9 characters are typed.');
  await launched.window.screenshot({ path: 'out/e2e/type-text-done.png' });
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect.poll(() => console.text()).toMatch(/\$ echo é@€\né@€\n/u);
});

test('Esc stops a text in its middle, and says how much was typed', async () => {
  await console.button('Type text…').click();
  const dialog = shell.dialog(`Type text in ${FRENCH}`);
  await dialog.getByRole('textbox', { name: 'Text', exact: true }).fill('a'.repeat(2000));
  await dialog.getByRole('button', { name: 'Type it' }).click();
  await expect(dialog.getByRole('status')).toContainText('of 2,000 characters are typed');
  await launched.window.keyboard.press('Escape');
  await expect(dialog.getByRole('status')).toContainText('no key is down');
  await launched.window.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('the keyboard goes to the guest by keys or by characters, as it is chosen', async () => {
  const { keyboard } = launched.window;
  const press = async (codes: readonly string[]): Promise<void> => {
    for (const code of codes) await keyboard.press(code, { delay: 20 });
  };
  await console.screen.locator('canvas').first().click();
  await press(['Control+KeyC', 'KeyQ', 'KeyW']);
  await expect.poll(() => console.text()).toMatch(/\$ az\W/u);
  await console.panel.getByLabel('How the keyboard goes to the guest').click();
  await launched.window.getByRole('option', { name: 'Characters' }).click();
  await console.screen.locator('canvas').first().click();
  await press(['KeyQ', 'KeyW']);
  await expect.poll(() => console.text()).toMatch(/\$ azqw\W/u);
  await launched.window.screenshot({ path: 'out/e2e/console-keyboard.png' });
});
