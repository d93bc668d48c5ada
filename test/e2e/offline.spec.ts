import { expect, test } from '@playwright/test';
import path from 'node:path';
import { Accounts } from './pages/accounts.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { DemoPlatform } from './support/demo-platform.ts';
import {
  answered,
  confirmationAfter,
  launch,
  newProfile,
  root,
  type LaunchedApp,
} from './support/launch.ts';

const PICTURES = path.join(root, 'out/e2e/offline');
const { profile, remove } = newProfile();
let platform: DemoPlatform;
let launched: LaunchedApp;
let roster: Roster;
let shell: Shell;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  platform = await DemoPlatform.start();
  launched = await launch(profile);
  roster = new Roster(launched.window);
  shell = new Shell(launched.window);
  const accounts = new Accounts(launched.window);
  await accounts.add(platform.account, { remember: true });
  await accounts.trust(platform.announcement.fingerprint);
  await expect(roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(20);
  await launched.window.setViewportSize({ width: 1280, height: 800 });
});

test.afterAll(async () => {
  await launched.close();
  await platform.crash();
  remove();
});

/** Saves what the window looks like in both themes. */
async function photograph(name: string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await launched.window.emulateMedia({ colorScheme: theme === 'dark' ? 'dark' : 'light' });
    await expect(launched.window.locator('html')).toHaveAttribute('data-theme', theme);
    const file = path.join(PICTURES, `${name}-${theme}.png`);
    await launched.window.screenshot({ path: file, animations: 'disabled' });
  }
  await launched.window.emulateMedia({ colorScheme: 'light' });
}

test('looks at the host of a hypervisor whose agent is gone, once that is wanted', async () => {
  const { window } = launched;
  const { ssh } = platform.announcement;
  await roster.select('atoll-02');
  await roster.chooseFromMenu('atoll-02', 'SSH…');
  const profiles = shell.dialog('SSH to atoll-02');
  await profiles.getByRole('textbox', { name: 'Host', exact: true }).fill(ssh.host);
  await profiles.getByRole('textbox', { name: 'Port' }).fill(String(ssh.port));
  await profiles.getByRole('textbox', { name: 'User' }).fill('atoll-02');
  await profiles.getByRole('button', { name: 'Save' }).click();
  await platform.setAgent('atoll-02', 'stop');
  await roster.expectState('atoll-02', 'offline');

  await roster.chooseFromMenu('atoll-02', 'Why is it offline?');
  const dialog = shell.dialog('Why is atoll-02 offline?');
  await expect(dialog.getByRole('status')).toContainText('The agent of atoll-02 is not connected.');
  await photograph('offered');
  const key = await confirmationAfter(launched, () =>
    dialog.getByRole('button', { name: 'Look at its host' }).click(),
  );
  await expect(key.locator('body')).toContainText(ssh.fingerprint);
  const password = await confirmationAfter(launched, () =>
    answered(key, () => key.getByRole('button').last().click()),
  );
  await password.getByRole('textbox').fill(ssh.password);
  await answered(password, () => password.getByRole('textbox').press('Enter'));
  await expect(dialog.getByRole('status').first()).toContainText(
    'The agent of atoll-02 does not run.',
  );
  await expect(dialog.getByRole('listitem').last()).toContainText('/var/log/archipel/archipel.log');
  expect(await complaintsOfAxe(window)).toEqual([]);
  await photograph('looked');

  // The connection stands now: nothing has to be asked.
  await dialog.getByRole('button', { name: 'Look again' }).click();
  await expect(dialog.getByRole('status').first()).toContainText('does not run.');
  await window.keyboard.press('Escape');
  await platform.setAgent('atoll-02', 'start');
  await roster.expectState('atoll-02', 'online');
});

test('says in the middle what a disconnected account means, and offers to connect', async () => {
  const { window } = launched;
  const { jid } = platform.account;
  await shell.run('Logs of all hypervisors');
  const logs = await shell.show('Logs: all hypervisors');
  await expect(logs.getByRole('button', { name: 'errors' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await expect(logs.getByRole('option').first()).toBeVisible();
  await shell.run(`Disconnect ${jid}`);
  const banner = window.getByRole('status').filter({ hasText: `${jid} is disconnected.` });
  await expect(banner).toBeVisible();
  await expect(logs).toContainText('no new lines come by XMPP');
  expect(await complaintsOfAxe(window)).toEqual([]);
  await photograph('disconnected');
  await logs.getByRole('button', { name: 'Connect' }).click();
  await expect(banner).toBeHidden();
  await expect(logs).not.toContainText('no new lines come by XMPP');
  await shell.run(`Disconnect ${jid}`);
  await banner.getByRole('button', { name: 'Connect' }).click();
  await expect(banner).toBeHidden();
});

test('opens a shell in the place of the panel that waited for a host', async () => {
  await shell.run('Open workspace Debugging');
  await expect(shell.tab('Logs: all hypervisors')).toBeVisible();
  await shell.show('Shell: no host');
  await photograph('debugging');
  await roster.select('atoll-01');
  await roster.chooseFromMenu('atoll-01', 'Open a shell');
  await expect(shell.panel('Shell: atoll-01')).toBeVisible();
  await expect(shell.tab('Shell: no host')).toHaveCount(0);
  const logs = await shell.show('Logs: all hypervisors');
  await expect(logs.getByRole('button', { name: 'errors' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});
