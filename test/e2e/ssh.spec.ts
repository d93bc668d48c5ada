import { expect, test } from '@playwright/test';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnDemo } from './support/desk.ts';
import { killStreams } from './support/kill-streams.ts';

const desk = deskOnDemo();

test('tries out how a host is reached by SSH, and shows each step', async () => {
  await desk.roster.select('atoll-01');
  await desk.roster.chooseFromMenu('atoll-01', 'SSH…');
  const dialog = desk.shell.dialog('SSH to atoll-01');
  await dialog.getByRole('button', { name: 'Test' }).click();
  await expect(dialog.getByRole('status')).toContainText('It works.');
  const steps = dialog.getByRole('list', { name: 'Steps of the test' }).getByRole('listitem');
  await expect(steps).toHaveText([
    /^Connects to 127\.0\.0\.1:\d+$/u,
    /shows its key \(ecdsa-sha2-nistp256\): SHA256:/u,
    /^Logged in as atoll-01 at .* with password$/u,
  ]);
  await desk.window.screenshot({ path: 'out/e2e/ssh-profile.png' });
  expect(await complaintsOfAxe(desk.window)).toEqual([]);
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
});

test('opens a shell on a host, finds in it, keeps what it showed and comes back', async () => {
  const { app, window } = desk;
  await desk.roster.select('atoll-01');
  await desk.roster.chooseFromMenu('atoll-01', 'Open a shell');
  const panel = desk.shell.panel('Shell: atoll-01');
  const screen = panel.getByRole('application', { name: 'Terminal of atoll-01' });
  await expect(panel.getByText(/SSH, atoll-01 at 127\.0\.0\.1:\d+$/u)).toBeVisible();
  await expect(screen).toContainText('atoll-01@atoll-01:~$');
  await window.keyboard.type('tail -n 3 /var/log/archipel/archipel.log');
  await window.keyboard.press('Enter');
  await window.keyboard.type('hostname');
  await window.keyboard.press('Enter');
  await expect(screen).toContainText(/hostname\s*atoll-01/u);
  await window.screenshot({ path: 'out/e2e/shell-open.png' });

  await window.keyboard.press('Control+Shift+f');
  const field = panel.getByRole('searchbox', { name: 'Find' });
  await field.fill('demo platform');
  await field.press('Enter');
  await expect(panel.getByText('Not found')).toBeHidden();
  await field.fill('nowhere to be seen');
  await field.press('Enter');
  await expect(panel.getByText('Not found')).toBeVisible();
  // Once is enough, whatever is in the field.
  await field.press('Escape');
  await expect(field).toBeHidden();
  expect(await complaintsOfAxe(window)).toEqual([]);

  // The process that holds the connection is killed: what was there stays, and it comes back.
  await killStreams(app, panel.getByText('The process that holds connections to hosts ended.'));
  await expect(screen).toContainText('Type help.');
  await window.screenshot({ path: 'out/e2e/shell-lost.png' });
  await expect(panel.getByText(/SSH, atoll-01 at/u)).toBeVisible();
  await window.keyboard.type('whoami');
  await window.keyboard.press('Enter');
  await expect(screen).toContainText(/whoami\s*atoll-01/u);

  await window.keyboard.press('Control+Alt+Shift');
  await expect(panel.getByText('The keyboard goes to the terminal.')).toBeHidden();
  await screen.click();
  await window.keyboard.type('exit');
  await window.keyboard.press('Enter');
  await expect(panel.getByText('The shell ended.')).toBeVisible();
});

test('offers the hosts where the panel was opened for none', async () => {
  const { window: page } = desk;
  await page.getByRole('navigation', { name: 'Workspaces' }).getByText('Debugging').click();
  const panel = await desk.shell.show('Shell: no host');
  await expect(panel.getByText('Open a shell on a host.')).toBeVisible();
  await panel.getByRole('button', { name: /^Open a shell on / }).click();
  await expect(page.getByText(/SSH, .* at 127\.0\.0\.1:/u)).toBeVisible();
  await page.screenshot({ path: 'out/e2e/shell-debugging.png' });
});
