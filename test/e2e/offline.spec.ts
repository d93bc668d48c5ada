import { expect, test } from '@playwright/test';
import path from 'node:path';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnPlatform } from './support/desk.ts';
import { answered, confirmationAfter, root } from './support/launch.ts';

const REFUSED = 'The host did not accept that password.';
const PICTURES = path.join(root, 'out/e2e/offline');
const desk = deskOnPlatform({ remember: true });

test.describe.configure({ mode: 'serial' });

test('looks at the host of a hypervisor whose agent is gone, once that is wanted', async () => {
  const { window } = desk;
  const { ssh } = desk.platform.announcement;
  await desk.roster.select('atoll-02');
  await desk.roster.chooseFromMenu('atoll-02', 'SSH…');
  const profiles = desk.shell.dialog('SSH to atoll-02');
  await profiles.getByRole('textbox', { name: 'Host', exact: true }).fill(ssh.host);
  await profiles.getByRole('textbox', { name: 'Port' }).fill(String(ssh.port));
  await profiles.getByRole('textbox', { name: 'User' }).fill('atoll-02');
  await profiles.getByRole('button', { name: 'Save' }).click();
  await desk.platform.setAgent('atoll-02', 'stop');
  await desk.roster.expectState('atoll-02', 'offline');

  await desk.roster.chooseFromMenu('atoll-02', 'Why is it offline?');
  const dialog = desk.shell.dialog('Why is atoll-02 offline?');
  await expect(dialog.getByRole('status')).toContainText('The agent of atoll-02 is not connected.');
  await desk.photograph(`${PICTURES}/offered`);
  const key = await confirmationAfter(desk.launched, () =>
    dialog.getByRole('button', { name: 'Look at its host' }).click(),
  );
  // To be compared letter by letter: a great I is no small l.
  await expect(key.getByText(ssh.fingerprint)).toHaveCSS('font-family', /mono/iu);
  const wrong = await confirmationAfter(desk.launched, () =>
    answered(key, () => key.getByRole('button').last().click()),
  );
  await expect(wrong.locator('body')).not.toContainText(REFUSED);
  await wrong.getByRole('textbox').fill('not the password of this host');
  const password = await confirmationAfter(desk.launched, () =>
    answered(wrong, () => wrong.getByRole('textbox').press('Enter')),
  );
  await expect(password.locator('body')).toContainText(REFUSED);
  await password.getByRole('textbox').fill(ssh.password);
  await answered(password, () => password.getByRole('textbox').press('Enter'));
  await expect(dialog.getByRole('status').first()).toContainText(
    'The agent of atoll-02 does not run.',
  );
  await expect(dialog.getByRole('listitem').last()).toContainText('/var/log/archipel/archipel.log');
  expect(await complaintsOfAxe(window)).toEqual([]);
  await desk.photograph(`${PICTURES}/looked`);

  // The connection stands now: nothing has to be asked.
  await dialog.getByRole('button', { name: 'Look again' }).click();
  await expect(dialog.getByRole('status').first()).toContainText('does not run.');
  await window.keyboard.press('Escape');
  await desk.platform.setAgent('atoll-02', 'start');
  await desk.roster.expectState('atoll-02', 'online');
});

test('looks at a host that is named, for who was never seen as a hypervisor', async () => {
  const { window } = desk;
  const { ssh } = desk.platform.announcement;
  await desk.roster.select('helpdesk');
  await desk.roster.chooseFromMenu('helpdesk', 'Why is it offline?');
  const dialog = desk.shell.dialog('Why is helpdesk offline?');
  const host = dialog.getByRole('textbox', { name: 'Host of the hypervisor' });
  await expect(host).toHaveValue('helpdesk');
  await host.fill('a host of none');
  await host.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('This names no host.');
  await expect(host).toBeFocused();
  expect(await complaintsOfAxe(window)).toEqual([]);
  await desk.photograph(`${PICTURES}/named`);
  // Its key and its password are known since the test before.
  await host.fill(`atoll-02@${ssh.host}:${ssh.port}`);
  await dialog.getByRole('button', { name: 'Look at its host' }).click();
  await expect(dialog.getByRole('listitem').last()).toContainText('/var/log/archipel/archipel.log');
  await expect(host).toBeHidden();
  await desk.photograph(`${PICTURES}/named-looked`);
  await window.keyboard.press('Escape');
});

test('says in the middle what a disconnected account means, and offers to connect', async () => {
  const { window } = desk;
  const { jid } = desk.platform.account;
  await desk.shell.run('Logs of all hypervisors');
  const logs = await desk.shell.show('Logs: all hypervisors');
  await expect(logs.getByRole('button', { name: 'errors' })).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await expect(logs.getByRole('option').first()).toBeVisible();
  await desk.shell.run(`Disconnect ${jid}`);
  const banner = window.getByRole('status').filter({ hasText: `${jid} is disconnected.` });
  await expect(banner).toBeVisible();
  await expect(logs).toContainText('no new lines come by XMPP');
  expect(await complaintsOfAxe(window)).toEqual([]);
  await desk.photograph(`${PICTURES}/disconnected`);
  await logs.getByRole('button', { name: 'Connect' }).click();
  await expect(banner).toBeHidden();
  await expect(logs).not.toContainText('no new lines come by XMPP');
  await desk.shell.run(`Disconnect ${jid}`);
  await banner.getByRole('button', { name: 'Connect' }).click();
  await expect(banner).toBeHidden();
});

test('opens a shell in the place of the panel that waited for a host', async () => {
  await desk.shell.run('Open workspace Debugging');
  await expect(desk.shell.tab('Logs: all hypervisors')).toBeVisible();
  await desk.shell.show('Shell: no host');
  await desk.photograph(`${PICTURES}/debugging`);
  await desk.roster.select('atoll-01');
  await desk.roster.chooseFromMenu('atoll-01', 'Open a shell');
  await expect(desk.shell.panel('Shell: atoll-01')).toBeVisible();
  await expect(desk.shell.tab('Shell: no host')).toHaveCount(0);
  const logs = await desk.shell.show('Logs: all hypervisors');
  await expect(logs.getByRole('button', { name: 'errors' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
});
