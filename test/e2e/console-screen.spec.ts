import { expect, test, type ElectronApplication, type Locator } from '@playwright/test';
import { requirePrograms, whatIsMissing } from '../support/required-programs.ts';
import type { Console } from './pages/console.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { answered, confirmationAfter } from './support/launch.ts';
import { deskOnScreen } from './support/screen-desk.ts';
import { SCREEN_PROGRAMS } from './support/screen-platform.ts';

const canRun = requirePrograms('Screens of TigerVNC end to end', SCREEN_PROGRAMS);

test.describe.configure({ mode: 'serial' });
test.skip(!canRun, whatIsMissing(SCREEN_PROGRAMS));

const desk = deskOnScreen(async () => ({ geometry: '640x480' }));
let panel: Locator;
let console: Console;
let guest: ElectronApplication;

test.beforeAll(async () => {
  guest = await desk.startGuest();
  console = await desk.openConsole();
  panel = console.panel;
});

const copied = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText());
const copy = (app: ElectronApplication, text: string) =>
  app.evaluate(({ clipboard }, given) => clipboard.writeText(given), text);

test('keeps clipboards apart until the user shares them, and has them in common then', async () => {
  const { app } = desk;
  await copy(app, 'kept here');
  await console.takeKeyboard();
  await copy(guest, 'kept there – größer');
  await expect(panel.getByText('Copied in the guest: 19 characters, not shared')).toBeVisible();
  expect(await copied(app)).toBe('kept here');
  expect(await copied(guest)).toBe('kept there – größer');

  const confirmation = await confirmationAfter(desk.launched, () =>
    console.chooseOfScreen('Share the clipboard'),
  );
  await answered(confirmation, () => confirmation.getByRole('button', { name: 'Share' }).click());
  await console.takeKeyboard();
  await expect.poll(() => copied(guest)).toBe('kept here');

  await copy(guest, 'naïve 漢字 → ✓');
  await expect.poll(() => copied(app)).toBe('naïve 漢字 → ✓');
  await desk.window.screenshot({ path: 'out/e2e/console-clipboard.png' });
  await console.releaseKeyboard();
  await copy(app, 'Größe – 検索');
  await console.takeKeyboard();
  await expect(panel.getByText('Given to the guest: 10 characters')).toBeVisible();
  await expect.poll(() => copied(guest)).toBe('Größe – 検索');
});

test('makes the guest’s screen as large as the panel, and remembers it', async () => {
  const canvas = console.screen.locator('canvas').first();
  const pixels = () => canvas.evaluate((it: HTMLCanvasElement) => [it.width, it.height]);
  const place = async () => {
    const { width = 0, height = 0 } = (await console.screen.boundingBox()) ?? {};
    return [Math.floor(width), Math.floor(height)];
  };
  expect(await pixels()).toEqual([640, 480]);
  await console.chooseOfScreen('Make the guest’s screen as large as the panel');
  await expect.poll(pixels).toEqual(await place());
  await desk.window.screenshot({ path: 'out/e2e/console-resized.png' });
  await console.button('Reconnect the console').click();
  await console.connected();
  await expect.poll(pixels).toEqual(await place());
});

test('draws as sharp as is chosen', async () => {
  await console.chooseOfScreen('For a slow line', 'menuitemradio');
  await expect(panel.getByText('spares the line', { exact: true })).toBeVisible();
  await console.openScreenMenu();
  await desk.window.screenshot({ path: 'out/e2e/console-screen-menu.png' });
  expect(await complaintsOfAxe(desk.window)).toEqual([]);
  await desk.window.keyboard.press('Escape');
});

test('copies the picture of the screen', async () => {
  await console.chooseOfScreen('Copy a picture of the screen', 'menuitem');
  const size = () =>
    desk.app.evaluate(async ({ clipboard, nativeImage }) => {
      // As it was before Electron's clipboard took after that of the web.
      const older = clipboard as object as { readImage?: () => Electron.NativeImage };
      if (older.readImage) return older.readImage().getSize();
      const [item] = await clipboard.read();
      const png = await item?.getType('image/png');
      const bytes = png instanceof Blob ? Buffer.from(await png.arrayBuffer()) : Buffer.alloc(0);
      return nativeImage.createFromBuffer(bytes).getSize();
    });
  const { width, height } = await console.screen
    .locator('canvas')
    .first()
    .evaluate(({ width, height }: HTMLCanvasElement) => ({ width, height }));
  await expect.poll(size).toEqual({ width, height });
});
