import { expect, test, type Locator } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import {
  answered,
  commandLine,
  confirmationAfter,
  launch,
  newProfile,
  root,
  type LaunchedApp,
} from './support/launch.ts';

const { profile, remove } = newProfile();
let launched: LaunchedApp;
let roster: Roster;
let shell: Shell;
let switcher: Locator;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  launched = await launch(profile, ['--demo']);
  roster = new Roster(launched.window);
  shell = new Shell(launched.window);
  switcher = launched.window.getByRole('navigation', { name: 'Workspaces' });
  await shell.skipTour();
});

test.afterAll(async () => {
  await launched.close();
  remove();
});

async function chooseFromSwitcher(item: string): Promise<void> {
  await switcher.getByRole('button', { name: /^More workspaces/u }).click();
  await launched.window.getByRole('menuitem', { name: item }).click();
}

function tab(name: string): Locator {
  return switcher.getByRole('button', { name, exact: true });
}

/** A second start, whose arguments go to the first. */
async function startAgain(...given: readonly string[]): Promise<void> {
  const { executable, args } = commandLine(profile, given);
  const second = spawn(executable, args, { cwd: root, stdio: 'ignore' });
  expect(await once(second, 'exit')).toEqual([0, null]);
}

test('a workspace is made, arranged, left and found as it was', async () => {
  await roster.select('web-01');
  await chooseFromSwitcher('New workspace…');
  const dialog = shell.dialog('New workspace');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Overview');
  await expect(dialog.getByRole('alert')).toHaveText('Another workspace has this name.');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Night watch');
  await dialog.getByRole('textbox', { name: 'Name' }).press('Enter');
  await expect(tab('Night watch')).toHaveAttribute('aria-current', 'true');
  await shell.run('Stanzas');
  await shell.run('Show or hide the roster');
  await expect(roster.tree).toBeHidden();
  await tab('Overview').click();
  await expect(roster.tree).toBeVisible();
  await expect(shell.tab('Stanzas: all accounts')).toHaveCount(0);
  // There may be no room for its tab, but it is always at hand.
  await shell.run('Open workspace Night watch');
  await expect(shell.tab('Stanzas: all accounts')).toBeVisible();
  await expect(roster.tree).toBeHidden();
  await expect(launched.window).toHaveTitle('Night watch – Archipel');
});

test('a workspace goes to a file and comes back under its name', async () => {
  const file = path.join(profile, 'night.json');
  await launched.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, file);
  await chooseFromSwitcher('Export workspace…');
  await expect.poll(() => existsSync(file)).toBe(true);
  const confirmation = await confirmationAfter(launched, () =>
    chooseFromSwitcher('Delete workspace…'),
  );
  await expect(
    confirmation.getByRole('heading', { name: 'Delete the workspace Night watch?' }),
  ).toBeVisible();
  await answered(confirmation, () => confirmation.getByRole('button', { name: 'Delete' }).click());
  await expect(tab('Night watch')).toHaveCount(0);
  await expect(tab('Overview')).toHaveAttribute('aria-current', 'true');
  await shell.run('Import workspace');
  await expect(tab('Night watch')).toHaveAttribute('aria-current', 'true');
  await expect(shell.tab('Stanzas: all accounts')).toBeVisible();
  await chooseFromSwitcher('Rename workspace…');
  await shell.dialog('Rename workspace').getByRole('textbox').fill('Day watch');
  await shell.dialog('Rename workspace').getByRole('textbox').press('Enter');
  await expect(tab('Day watch')).toHaveAttribute('aria-current', 'true');
});

test('what another workspace shows stands beside what is here', async () => {
  await tab('Overview').click();
  await expect(tab('Overview')).toHaveAttribute('aria-current', 'true');
  await shell.run('Show the panels of Day watch beside these');
  await expect(shell.panel('Stanzas: all accounts')).toBeVisible();
  await chooseFromSwitcher('Reset workspace');
  await expect(shell.tab('Stanzas: all accounts')).toHaveCount(0);
});

test('Consoles keeps the screens in front, whichever machine is selected', async () => {
  await tab('Consoles').click();
  await expect(tab('Consoles')).toHaveAttribute('aria-current', 'true');
  await roster.select('web-02');
  await expect(shell.panel('Console: web-02')).toBeVisible();
  await roster.select('mail');
  await expect(shell.panel('Console: mail')).toBeVisible();
  const wall = await shell.show('Wall: all machines');
  await expect(wall.getByRole('button', { name: /running/u })).toHaveCount(15);
  await tab('Overview').click();
  await expect(shell.panel('Overview: mail')).toBeVisible();
});

test('a second start and a link open a workspace beside those that are open', async () => {
  const opened = launched.app.waitForEvent('window');
  await startAgain('--workspace', 'Debugging');
  const window = await opened;
  const debugging = new Shell(window);
  await expect(debugging.tab('Stanzas: all accounts')).toBeVisible();
  await startAgain('xmpp:atoll-03@archipel.test?workspace;name=Debugging');
  await expect(new Roster(window).item('atoll-03')).toHaveAttribute('aria-selected', 'true');
  expect(launched.app.windows()).toHaveLength(2);
  await startAgain('--workspace', 'No such thing');
  const toast = /^No such thing is not there/u;
  await expect
    .poll(async () => {
      const counts = launched.app.windows().map((page) => page.getByText(toast).count());
      return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    })
    .toBe(1);
  const closed = window.waitForEvent('close');
  await window.close();
  await closed;
  await expect(tab('Overview')).toHaveAttribute('aria-current', 'true');
});
