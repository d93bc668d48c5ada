import { expect, test } from '@playwright/test';
import type { ConsoleFailure } from '../../core/domain/console-failure.ts';
import { Console } from './pages/console.ts';
import { Controls } from './pages/controls.ts';
import { complaintsInBothThemes, complaintsOfAxe } from './support/axe.ts';
import { deskOnFirstScreen } from './support/desk.ts';
import { answered, confirmationAfter } from './support/launch.ts';

const desk = deskOnFirstScreen();

test.describe.configure({ mode: 'serial' });

const CERTIFICATE = {
  fingerprint: Array.from({ length: 32 }, () => 'AB').join(':'),
  ...{ subject: 'atoll-01', issuer: 'atoll-01' },
  ...{ validFrom: '2026-01-01T00:00:00.000Z', validTo: '2036-01-01T00:00:00.000Z' },
};

/** Ends the consoles of the window as main does when a server turns them away. */
async function endConsoles(failure: ConsoleFailure): Promise<void> {
  await desk.app.evaluate(({ BrowserWindow }, because) => {
    const [main] = BrowserWindow.getAllWindows();
    const error = { code: 'console', machine: 'web-01', failure: because };
    for (let key = 1; key < 100; key += 1) {
      const state = { name: 'ended', error };
      main?.webContents.send('archipel:consoles.changed', { key: `c${key}`, state });
    }
  }, failure);
}

test('axe finds nothing on the first screen and on that of an account', async () => {
  const { window } = desk;
  const connect = window.getByRole('button', { name: /^Connect to your platform/u });
  await expect(connect).toBeVisible();
  await window.emulateMedia({ colorScheme: 'light' });
  expect(await complaintsInBothThemes(window)).toEqual([]);
  await connect.click();
  await expect(desk.shell.dialog('Add account')).toBeVisible();
  expect(await complaintsInBothThemes(window)).toEqual([]);
  await window.keyboard.press('Escape');
});

test('axe finds nothing on the tour', async () => {
  const { window } = desk;
  await window.getByRole('button', { name: /^Explore the demo platform/u }).click();
  await expect(desk.shell.tour).toBeVisible({ timeout: 30_000 });
  await expect(desk.roster.item('web-01')).toBeVisible();
  expect(await complaintsInBothThemes(window)).toEqual([]);
  await desk.shell.skipTour();
});

for (const [panel, subject] of [
  ['Overview', 'web-01'],
  ['Controls', 'web-01'],
  ['Overview', 'atoll-01'],
  ['Virtual machines', 'atoll-01'],
]) {
  test(`axe finds nothing on ${panel} of ${subject}`, async () => {
    await desk.roster.select(subject!);
    const shown = await desk.shell.show(`${panel!}: ${subject!}`);
    await expect(shown.locator('[aria-busy=true]')).toHaveCount(0);
    expect(await complaintsInBothThemes(desk.window)).toEqual([]);
  });
}

test('axe finds nothing on Console, nor where it asks', async () => {
  await desk.roster.select('web-01');
  const panel = await desk.shell.show('Console: web-01');
  await new Console(desk.window, panel).connected();
  expect(await complaintsInBothThemes(desk.window)).toEqual([]);
  await endConsoles({
    ...{ code: 'wrong-credentials', reason: 'Authentication failed', wantsUsername: true },
  });
  await expect(panel.getByLabel('User name at the screen')).toBeVisible();
  await expect(panel.getByLabel('Password')).toBeVisible();
  expect(await complaintsInBothThemes(desk.window)).toEqual([]);
  await panel.getByRole('button', { name: 'Reconnect the console' }).click();
  await new Console(desk.window, panel).connected();
  await endConsoles({
    ...{ code: 'certificate', problem: 'self-signed', certificate: CERTIFICATE },
    host: 'atoll-01',
  });
  await expect(panel.getByText(CERTIFICATE.fingerprint)).toBeVisible();
  expect(await complaintsInBothThemes(desk.window)).toEqual([]);
  await desk.shell.run('Close panel');
});

test('axe finds nothing on Stanzas and one stanza', async () => {
  await desk.shell.run('Stanzas');
  const shown = desk.shell.panel('Stanzas: all accounts');
  await shown.getByRole('option').first().click();
  await expect(shown.getByRole('complementary', { name: 'Stanza' })).toBeVisible();
  expect(await complaintsInBothThemes(desk.window)).toEqual([]);
  await desk.shell.run('Close panel');
});

test('axe finds nothing on a selection and on its menu', async () => {
  await desk.roster.select('web-01');
  await desk.roster.selectToo('web-02');
  await desk.roster.item('web-01').click({ button: 'right' });
  await expect(desk.window.getByRole('menu')).toBeVisible();
  expect(await complaintsInBothThemes(desk.window)).toEqual([]);
  await desk.window.keyboard.press('Escape');
});

test('axe finds nothing on the palette', async () => {
  await desk.window.keyboard.press('ControlOrMeta+k');
  await expect(desk.shell.palette).toBeVisible();
  expect(await complaintsInBothThemes(desk.window)).toEqual([]);
  await desk.window.keyboard.press('Escape');
  await expect(desk.shell.palette).toBeHidden();
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
    await desk.shell.run(command!);
    await expect(desk.shell.dialog(title!)).toBeVisible();
    expect(await complaintsInBothThemes(desk.window)).toEqual([]);
    await desk.window.keyboard.press('Escape');
    await expect(desk.shell.dialog(title!)).toBeHidden();
  });
}

// The last ones: from here on the theme is the one that was chosen, and no longer the system's.
for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing where main asks, in the ${theme} theme that is chosen`, async () => {
    const html = desk.window.locator('html');
    if ((await html.getAttribute('data-theme')) !== theme) await desk.shell.toggleTheme();
    await expect(html).toHaveAttribute('data-theme', theme);
    await desk.roster.select('mail');
    const controls = new Controls(await desk.shell.show('Controls: mail'));
    const confirmation = await confirmationAfter(desk.launched, () =>
      controls.button('Force off').click(),
    );
    await expect(confirmation.locator('html')).toHaveAttribute('data-theme', theme);
    expect(await complaintsOfAxe(confirmation)).toEqual([]);
    await answered(confirmation, () => confirmation.keyboard.press('Escape'));
  });
}
