import { _electron, expect, test, type ElectronApplication, type Locator } from '@playwright/test';
import path from 'node:path';
import { requirePrograms } from '../support/required-programs.ts';
import { Accounts } from './pages/accounts.ts';
import { Console } from './pages/console.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { adopt } from './support/adopt.ts';
import { complaintsOfAxe } from './support/axe.ts';
import {
  answered,
  commandLine,
  confirmationAfter,
  launch,
  newProfile,
  root,
  type LaunchedApp,
} from './support/launch.ts';
import {
  SCREEN_PROGRAMS,
  startScreenPlatform,
  type ScreenPlatform,
} from './support/screen-platform.ts';

const canRun = requirePrograms('Screens of TigerVNC end to end', SCREEN_PROGRAMS);

test.describe.configure({ mode: 'serial' });
test.skip(!canRun, 'a program is missing');

const place = newProfile();
let platform: ScreenPlatform;
let launched: LaunchedApp;
/** A program on the machine's own screen, as a user of it has. */
let guest: ElectronApplication;
/** Ends what was begun, the last first. */
const ends: (() => Promise<unknown>)[] = [];
let panel: Locator;
let console: Console;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  platform = await startScreenPlatform();
  ends.unshift(() => platform.stop());
  launched = await launch(place.profile);
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
  panel = await shell.show(`Console: ${platform.machine}`);
  console = new Console(window, panel);
  await console.connected();
  const { executable } = commandLine(place.profile, []);
  guest = await _electron.launch({
    executablePath: executable,
    args: ['--no-sandbox', path.join(root, 'test/e2e/support/clipboard-program.cjs')],
    env: { ...(process.env as Record<string, string>), DISPLAY: platform.screen.display },
  });
  ends.unshift(() => guest.close());
});

test.afterAll(async () => {
  for (const end of ends) await end();
  place.remove();
});

const copied = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText());
const copy = (app: ElectronApplication, text: string) =>
  app.evaluate(({ clipboard }, given) => clipboard.writeText(given), text);

test('keeps clipboards apart until the user shares them, and has them in common then', async () => {
  const { app } = launched;
  await copy(app, 'kept here');
  await console.takeKeyboard();
  await copy(guest, 'kept there – größer');
  await expect(panel.getByText('Copied in the guest: 19 characters, not shared')).toBeVisible();
  expect(await copied(app)).toBe('kept here');
  expect(await copied(guest)).toBe('kept there – größer');

  const confirmation = await confirmationAfter(launched, () =>
    console.chooseOfScreen('Share the clipboard'),
  );
  await answered(confirmation, () => confirmation.getByRole('button', { name: 'Share' }).click());
  await console.takeKeyboard();
  await expect.poll(() => copied(guest)).toBe('kept here');

  await copy(guest, 'naïve 漢字 → ✓');
  await expect.poll(() => copied(app)).toBe('naïve 漢字 → ✓');
  await launched.window.screenshot({ path: 'out/e2e/console-clipboard.png' });
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
  await launched.window.screenshot({ path: 'out/e2e/console-resized.png' });
  await console.button('Reconnect the console').click();
  await console.connected();
  await expect.poll(pixels).toEqual(await place());
});

test('draws as sharp as is chosen', async () => {
  await console.chooseOfScreen('For a slow line', 'menuitemradio');
  await expect(panel.getByText('spares the line', { exact: true })).toBeVisible();
  await console.openScreenMenu();
  await launched.window.screenshot({ path: 'out/e2e/console-screen-menu.png' });
  expect(await complaintsOfAxe(launched.window)).toEqual([]);
  await launched.window.keyboard.press('Escape');
});

test('copies the picture of the screen', async () => {
  await console.chooseOfScreen('Copy a picture of the screen', 'menuitem');
  const size = () =>
    launched.app.evaluate(async ({ clipboard, nativeImage }) => {
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
