import { expect, test } from '@playwright/test';
import { Console } from './pages/console.ts';
import { deskOnDemo } from './support/desk.ts';

/** A guest of the demo platform with a French keyboard, of which its definition says nothing. */
const FRENCH = 'dns-01';

let console: Console;
const desk = deskOnDemo(async ({ roster, shell, window }) => {
  await shell.skipTour();
  await roster.select(FRENCH);
  console = new Console(window, await shell.show(`Console: ${FRENCH}`));
  await console.connected();
});

test('the screen whose tab is clicked has the keyboard, until three keys free it', async () => {
  const { keyboard } = desk.window;
  const canvas = console.screen.locator('canvas').first();
  await expect(canvas).toBeFocused();
  await expect(console.panel.getByRole('status')).toHaveText(
    'The keyboard goes to the machine. Ctrl+Alt+Shift frees it.',
  );
  await keyboard.press('Control+Alt+Shift');
  await expect(canvas).not.toBeFocused();
  await desk.shell.run('Console');
  await expect(canvas).toBeFocused();
  await keyboard.press('Control+Alt+Shift');
});

test('what is pasted on the screen is looked over before it is typed', async () => {
  const { keyboard } = desk.window;
  const canvas = console.screen.locator('canvas').first();
  await desk.app.evaluate(({ clipboard }) => clipboard.writeText('echo pasted'));
  await desk.shell.run('Console');
  await expect(canvas).toBeFocused();
  await keyboard.press('Control+Shift+V');
  const dialog = desk.shell.dialog(`Type text in ${FRENCH}`);
  await expect(dialog.getByRole('textbox', { name: 'Text' })).toHaveValue('echo pasted');
  await keyboard.press('Escape');
  await expect(canvas).toBeFocused();
  // The screen gets the keyboard a frame later, whoever had it then.
  await desk.window.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
  );
  await keyboard.press('Control+Alt+Shift');
  await expect(canvas).not.toBeFocused();
});

test('the connection stays when what is known of the machine changes', async () => {
  const canvas = console.screen.locator('canvas').first();
  await canvas.evaluate((one) => one.setAttribute('data-first', ''));
  await desk.shell.run('Pause');
  await desk.roster.expectState(FRENCH, 'paused');
  await desk.shell.run('Resume');
  await desk.roster.expectState(FRENCH, 'running');
  await expect(console.screen.locator('canvas[data-first]')).toHaveCount(1);
});

test('menus and dialogs of a console are there in full screen', async () => {
  const { window } = desk;
  const filling = () => window.evaluate(() => document.fullscreenElement !== null);
  await console.button('Full screen').click();
  await expect.poll(filling).toBe(true);
  const size = await window.evaluate(() => ({ width: innerWidth, height: innerHeight }));
  await expect.poll(() => console.panel.locator('.console').boundingBox()).toMatchObject(size);

  await console.button('Keys').click();
  await window.screenshot({ path: 'out/e2e/console-full-screen.png' });
  await window.getByRole('menuitem', { name: 'Alt+Tab', exact: true }).click();
  await console.button('Type text…').click();
  const dialog = desk.shell.dialog(`Type text in ${FRENCH}`);
  await expect(dialog.getByRole('textbox', { name: 'Text', exact: true })).toBeFocused();
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await console.button('Full screen').click();
  await expect.poll(filling).toBe(false);
});

test('a text is looked over for the layout of the guest, and arrives as it was written', async () => {
  await console.button('Type text…').click();
  const dialog = desk.shell.dialog(`Type text in ${FRENCH}`);
  const text = dialog.getByRole('textbox', { name: 'Text', exact: true });
  await text.fill('echo é@€\n');
  await expect(dialog.getByRole('alert')).toContainText('2 characters cannot be typed');
  await expect(dialog.getByRole('button', { name: 'Type it' })).toBeDisabled();
  await expect(dialog.getByText(/^All of them are on English/u)).toBeVisible();
  await desk.window.screenshot({ path: 'out/e2e/type-text-refused.png' });

  await dialog.getByLabel('Keyboard layout of the guest').click();
  await desk.window.getByRole('option', { name: 'French', exact: true }).click();
  await dialog.getByRole('button', { name: 'Type it' }).click();
  await expect(dialog.getByRole('status')).toHaveText('9 of 9 characters are typed.');
  await desk.window.screenshot({ path: 'out/e2e/type-text-done.png' });
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect.poll(() => console.text()).toMatch(/\$ echo é@€\né@€\n/u);
  // Whoever has closed the dialog goes on typing, by hand.
  await expect(console.screen.locator('canvas').first()).toBeFocused();
  await expect(console.panel.getByText('The keyboard goes to the machine.')).toBeVisible();
});

test('Esc stops a text in its middle, and says how much was typed', async () => {
  await console.button('Type text…').click();
  const dialog = desk.shell.dialog(`Type text in ${FRENCH}`);
  await dialog.getByRole('textbox', { name: 'Text', exact: true }).fill('a'.repeat(2000));
  await dialog.getByRole('button', { name: 'Type it' }).click();
  await expect(dialog.getByRole('status')).toContainText('of 2,000 characters are typed');
  await desk.window.keyboard.press('Escape');
  await expect(dialog.getByRole('status')).toContainText('no key is down');
  await desk.window.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(console.screen.locator('canvas').first()).toBeFocused();
});

test('the keyboard goes to the guest by keys or by characters, as it is chosen', async () => {
  const { keyboard } = desk.window;
  const press = async (codes: readonly string[]): Promise<void> => {
    for (const code of codes) await keyboard.press(code, { delay: 20 });
  };
  await console.screen.locator('canvas').first().click();
  await press(['Control+KeyC', 'KeyQ', 'KeyW']);
  await expect.poll(() => console.text()).toMatch(/\$ az\W/u);
  await console.panel.getByLabel('How the keyboard goes to the guest').click();
  await desk.window.getByRole('option', { name: 'Characters' }).click();
  await console.screen.locator('canvas').first().click();
  await press(['KeyQ', 'KeyW']);
  await expect.poll(() => console.text()).toMatch(/\$ azqw\W/u);
  await desk.window.screenshot({ path: 'out/e2e/console-keyboard.png' });
});
