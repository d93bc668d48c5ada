import { expect, test } from '@playwright/test';
import { Accounts } from './pages/accounts.ts';
import { Roster } from './pages/roster.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { DemoPlatform } from './support/demo-platform.ts';
import { launch, newProfile, type LaunchedApp } from './support/launch.ts';

const MISTYPED = 'admin@nowhere.invalid';

const { profile, remove } = newProfile();
let platform: DemoPlatform;
let launched: LaunchedApp;

test.beforeAll(async () => {
  platform = await DemoPlatform.start();
  launched = await launch(profile);
});

test.afterAll(async () => {
  await launched.close();
  await platform.crash();
  remove();
});

test('a mistyped domain at the first log-in is explained, kept, and put right', async () => {
  const accounts = new Accounts(launched.window);
  await accounts.begin();
  await accounts.form.getByRole('switch', { name: /keychain/u }).click();
  await accounts.form.getByRole('textbox', { name: 'JID' }).fill(MISTYPED);
  await accounts.form.getByRole('textbox', { name: 'Password' }).fill('whatever');
  await accounts.form.getByRole('button', { name: 'Save and connect' }).click();
  const why = accounts.dialog.getByRole('alert');
  await expect(why).toContainText('nowhere.invalid cannot be found', { timeout: 20_000 });
  expect(await complaintsOfAxe(launched.window)).toEqual([]);
  await launched.window.screenshot({ path: 'out/e2e/first-login-failed.png' });

  await launched.close();
  launched = await launch(profile);
  const again = new Accounts(launched.window);
  const line = again.dialog.getByRole('listitem').filter({ hasText: MISTYPED });
  await line.getByRole('button', { name: 'Edit' }).click();
  const form = launched.window.getByRole('dialog', { name: `Account ${MISTYPED}` });
  await again.fill(form, platform.account);
  await again.trust(platform.announcement.fingerprint);
  await expect(new Roster(launched.window).item('web-01')).toBeVisible({ timeout: 30_000 });
});
