import { expect, test, type Locator } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { deskOnDemo } from './support/desk.ts';
import { answered, commandLine, confirmationAfter, root } from './support/launch.ts';

let switcher: Locator;
const desk = deskOnDemo(async ({ shell, window }) => {
  switcher = window.getByRole('navigation', { name: 'Workspaces' });
  await shell.skipTour();
});

test.describe.configure({ mode: 'serial' });

async function chooseFromSwitcher(item: string): Promise<void> {
  await switcher.getByRole('button', { name: /^More workspaces/u }).click();
  await desk.window.getByRole('menuitem', { name: item }).click();
}

function tab(name: string): Locator {
  return switcher.getByRole('button', { name, exact: true });
}

/** A second start, whose arguments go to the first. */
async function startAgain(...given: readonly string[]): Promise<void> {
  const { executable, args } = commandLine(desk.profile, given);
  const second = spawn(executable, args, { cwd: root, stdio: 'ignore' });
  expect(await once(second, 'exit')).toEqual([0, null]);
}

test('a workspace is made, arranged, left and found as it was', async () => {
  await desk.roster.select('web-01');
  await chooseFromSwitcher('New workspace…');
  const dialog = desk.shell.dialog('New workspace');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Overview');
  await expect(dialog.getByRole('alert')).toHaveText('Another workspace has this name.');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Night watch');
  await dialog.getByRole('textbox', { name: 'Name' }).press('Enter');
  await expect(tab('Night watch')).toHaveAttribute('aria-current', 'true');
  await desk.shell.run('Stanzas');
  await desk.shell.run('Show or hide the roster');
  await expect(desk.roster.tree).toBeHidden();
  await tab('Overview').click();
  await expect(desk.roster.tree).toBeVisible();
  await expect(desk.shell.tab('Stanzas: all accounts')).toHaveCount(0);
  // There may be no room for its tab, but it is always at hand.
  await desk.shell.run('Open workspace Night watch');
  await expect(desk.shell.tab('Stanzas: all accounts')).toBeVisible();
  await expect(desk.roster.tree).toBeHidden();
  await expect(desk.window).toHaveTitle('Night watch – Archipel');
});

test('a workspace goes to a file and comes back under its name', async () => {
  const file = path.join(desk.profile, 'night.json');
  await desk.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, file);
  await chooseFromSwitcher('Export workspace…');
  await expect.poll(() => existsSync(file)).toBe(true);
  const confirmation = await confirmationAfter(desk.launched, () =>
    chooseFromSwitcher('Delete workspace…'),
  );
  await expect(
    confirmation.getByRole('heading', { name: 'Delete the workspace Night watch?' }),
  ).toBeVisible();
  await answered(confirmation, () => confirmation.getByRole('button', { name: 'Delete' }).click());
  await expect(tab('Night watch')).toHaveCount(0);
  await expect(tab('Overview')).toHaveAttribute('aria-current', 'true');
  await desk.app.evaluate(({ dialog }, wrong) => {
    const right = dialog.showOpenDialog;
    dialog.showOpenDialog = async () => {
      dialog.showOpenDialog = right;
      return { canceled: false, filePaths: [wrong] };
    };
  }, path.resolve('package.json'));
  await desk.shell.run('Import workspace');
  await expect(
    desk.window.getByText('It is no file that “Export workspace” wrote').first(),
  ).toBeVisible();
  await desk.shell.run('Import workspace');
  await expect(tab('Night watch')).toHaveAttribute('aria-current', 'true');
  await expect(desk.shell.tab('Stanzas: all accounts')).toBeVisible();
  await chooseFromSwitcher('Rename workspace…');
  await desk.shell.dialog('Rename workspace').getByRole('textbox').fill('Day watch');
  await desk.shell.dialog('Rename workspace').getByRole('textbox').press('Enter');
  await expect(tab('Day watch')).toHaveAttribute('aria-current', 'true');
});

test('what another workspace shows stands beside what is here', async () => {
  await tab('Overview').click();
  await expect(tab('Overview')).toHaveAttribute('aria-current', 'true');
  await desk.shell.run('Show the panels of Day watch beside these');
  await expect(desk.shell.panel('Stanzas: all accounts')).toBeVisible();
  await chooseFromSwitcher('Reset workspace');
  await expect(desk.shell.tab('Stanzas: all accounts')).toHaveCount(0);
});

test('Consoles opens on the wall, and keeps the screens in front, whatever is selected', async () => {
  await desk.roster.select('atoll-01');
  await tab('Consoles').click();
  await expect(tab('Consoles')).toHaveAttribute('aria-current', 'true');
  const wall = desk.shell.panel('Wall: all machines');
  await expect(wall.getByRole('button', { name: /running/u })).toHaveCount(15);
  await desk.roster.select('web-02');
  await expect(desk.shell.tab('Console: web-02')).toBeVisible();
  await expect(wall).toBeVisible();
  await desk.shell.show('Console: web-02');
  await desk.roster.select('mail');
  await expect(desk.shell.panel('Console: mail')).toBeVisible();
  await tab('Overview').click();
  await expect(desk.shell.panel('Overview: mail')).toBeVisible();
});

test('a second start and a link open a workspace beside those that are open', async () => {
  const opened = desk.app.waitForEvent('window');
  await startAgain('--workspace', 'Debugging');
  const window = await opened;
  const debugging = new Shell(window);
  await expect(debugging.tab('Stanzas: all accounts')).toBeVisible();
  await startAgain('xmpp:atoll-03@archipel.test?workspace;name=Debugging');
  await expect(new Roster(window).item('atoll-03')).toHaveAttribute('aria-selected', 'true');
  expect(desk.app.windows()).toHaveLength(2);
  await startAgain('--workspace', 'No such thing');
  const toast = /^No such thing is not there/u;
  await expect
    .poll(async () => {
      const counts = desk.app.windows().map((page) => page.getByText(toast).count());
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    })
    .toBe(1);
  const closed = window.waitForEvent('close');
  await window.close();
  await closed;
  await expect(tab('Overview')).toHaveAttribute('aria-current', 'true');
});
