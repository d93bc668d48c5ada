import { expect, test } from '@playwright/test';
import type { ConsoleFailure } from '../../core/domain/console-failure.ts';
import { Console } from './pages/console.ts';
import { Controls } from './pages/controls.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { complaintsOfAxe } from './support/axe.ts';
import {
  answered,
  confirmationAfter,
  launch,
  newProfile,
  type LaunchedApp,
} from './support/launch.ts';

const { profile, remove } = newProfile();
let launched: LaunchedApp;
let roster: Roster;
let shell: Shell;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  launched = await launch(profile);
  roster = new Roster(launched.window);
  shell = new Shell(launched.window);
});

test.afterAll(async () => {
  await launched.close();
  remove();
});

const CERTIFICATE = {
  fingerprint: Array.from({ length: 32 }, () => 'AB').join(':'),
  ...{ subject: 'atoll-01', issuer: 'atoll-01' },
  ...{ validFrom: '2026-01-01T00:00:00.000Z', validTo: '2036-01-01T00:00:00.000Z' },
};

/** Ends the consoles of the window as main does when a server turns them away. */
async function endConsoles(failure: ConsoleFailure): Promise<void> {
  await launched.app.evaluate(({ BrowserWindow }, because) => {
    const [main] = BrowserWindow.getAllWindows();
    const error = { code: 'console', machine: 'web-01', failure: because };
    for (let key = 1; key < 100; key += 1) {
      const state = { name: 'ended', error };
      main?.webContents.send('archipel:consoles.changed', { key: `c${key}`, state });
    }
  }, failure);
}

test('axe finds nothing on the first screen and on that of an account', async () => {
  const { window } = launched;
  const connect = window.getByRole('button', { name: /^Connect to your platform/u });
  await expect(connect).toBeVisible();
  expect(await complaintsOfAxe(window)).toEqual([]);
  await window.emulateMedia({ colorScheme: 'dark' });
  expect(await complaintsOfAxe(window)).toEqual([]);
  await connect.click();
  await expect(shell.dialog('Add account')).toBeVisible();
  expect(await complaintsOfAxe(window)).toEqual([]);
  await window.emulateMedia({ colorScheme: 'light' });
  expect(await complaintsOfAxe(window)).toEqual([]);
  await window.keyboard.press('Escape');
});

test('axe finds nothing on the tour', async () => {
  const { window } = launched;
  await window.getByRole('button', { name: /^Explore the demo platform/u }).click();
  await expect(shell.tour).toBeVisible({ timeout: 30_000 });
  await expect(roster.item('web-01')).toBeVisible();
  expect(await complaintsOfAxe(window)).toEqual([]);
  await shell.skipTour();
});

for (const theme of ['light', 'dark'] as const) {
  test.describe(`in the ${theme} theme`, () => {
    test.beforeAll(async () => {
      const html = launched.window.locator('html');
      if ((await html.getAttribute('data-theme')) !== theme) await shell.toggleTheme();
      await expect(html).toHaveAttribute('data-theme', theme);
    });

    for (const [panel, subject] of [
      ['Overview', 'web-01'],
      ['Controls', 'web-01'],
      ['Overview', 'atoll-01'],
      ['Virtual machines', 'atoll-01'],
    ]) {
      test(`axe finds nothing on ${panel} of ${subject}`, async () => {
        await roster.select(subject!);
        const shown = await shell.show(`${panel!}: ${subject!}`);
        await expect(shown.locator('[aria-busy=true]')).toHaveCount(0);
        expect(await complaintsOfAxe(launched.window)).toEqual([]);
      });
    }

    test('axe finds nothing on Console, nor where it asks', async () => {
      await roster.select('web-01');
      const panel = await shell.show('Console: web-01');
      await new Console(launched.window, panel).connected();
      expect(await complaintsOfAxe(launched.window)).toEqual([]);
      await endConsoles({ code: 'wrong-credentials', reason: 'Authentication failed' });
      await expect(panel.getByLabel('Password')).toBeVisible();
      expect(await complaintsOfAxe(launched.window)).toEqual([]);
      await panel.getByRole('button', { name: 'Reconnect the console' }).click();
      await new Console(launched.window, panel).connected();
      await endConsoles({ code: 'certificate', problem: 'self-signed', certificate: CERTIFICATE });
      await expect(panel.getByText(CERTIFICATE.fingerprint)).toBeVisible();
      expect(await complaintsOfAxe(launched.window)).toEqual([]);
      await shell.run('Close panel');
    });

    test('axe finds nothing on Stanzas and one stanza', async () => {
      await shell.run('Stanzas');
      const shown = shell.panel('Stanzas: all accounts');
      await shown.getByRole('option').first().click();
      await expect(shown.getByRole('complementary', { name: 'Stanza' })).toBeVisible();
      expect(await complaintsOfAxe(launched.window)).toEqual([]);
      await shell.run('Close panel');
    });

    test('axe finds nothing on a selection and on its menu', async () => {
      await roster.select('web-01');
      await roster.selectToo('web-02');
      await roster.item('web-01').click({ button: 'right' });
      await expect(launched.window.getByRole('menu')).toBeVisible();
      expect(await complaintsOfAxe(launched.window)).toEqual([]);
      await launched.window.keyboard.press('Escape');
    });

    test('axe finds nothing on the palette', async () => {
      await launched.window.keyboard.press('ControlOrMeta+k');
      await expect(shell.palette).toBeVisible();
      expect(await complaintsOfAxe(launched.window)).toEqual([]);
      await launched.window.keyboard.press('Escape');
      await expect(shell.palette).toBeHidden();
    });

    for (const [command, title] of [
      ['Settings', 'Settings'],
      ['Accounts', 'Accounts'],
      ['Notifications', 'Notifications'],
      ['What has been done', 'What has been done'],
      ['About Archipel', 'About Archipel'],
      ['Report a problem', 'Report a problem'],
      ['Add contact', 'Add contact'],
    ]) {
      test(`axe finds nothing on the dialog ${title}`, async () => {
        await shell.run(command!);
        await expect(shell.dialog(title!)).toBeVisible();
        expect(await complaintsOfAxe(launched.window)).toEqual([]);
        await launched.window.keyboard.press('Escape');
        await expect(shell.dialog(title!)).toBeHidden();
      });
    }

    test('axe finds nothing where main asks', async () => {
      await roster.select('mail');
      const controls = new Controls(await shell.show('Controls: mail'));
      const confirmation = await confirmationAfter(launched, () =>
        controls.button('Force off').click(),
      );
      await expect(confirmation.locator('html')).toHaveAttribute('data-theme', theme);
      expect(await complaintsOfAxe(confirmation)).toEqual([]);
      await answered(confirmation, () => confirmation.keyboard.press('Escape'));
    });
  });
}
