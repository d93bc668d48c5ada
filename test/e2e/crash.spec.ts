import { expect, test } from '@playwright/test';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { launch, newProfile, type LaunchedApp } from './support/launch.ts';

const { profile, remove } = newProfile();
let launched: LaunchedApp;

test.beforeAll(async () => {
  launched = await launch(profile, ['--demo']);
  await new Shell(launched.window).skipTour();
});

test.afterAll(async () => {
  await launched.close();
  remove();
});

/** What can be read in the window: a page that crashed is none for the test's own tools any more. */
function read(): Promise<string> {
  return launched.app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    return String(await window?.webContents.executeJavaScript('document.body.innerText'));
  });
}

test('a page that ends by itself is loaded anew, and says so', async () => {
  await expect(new Roster(launched.window).item('web-01')).toBeVisible({ timeout: 30_000 });
  // Nothing is asked of the page before it is back: one that is gone never answers.
  await launched.app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    await new Promise<void>((resolve) => {
      window?.webContents.once('did-finish-load', () => resolve());
      window?.webContents.forcefullyCrashRenderer();
    });
  });
  await expect.poll(read, { timeout: 30_000 }).toContain('The page of a window ended by itself.');
  await expect.poll(read, { timeout: 30_000 }).toContain('web-01');
});
