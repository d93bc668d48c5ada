import { expect, test, type Locator } from '@playwright/test';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { launch, newProfile, type LaunchedApp } from './support/launch.ts';

const { profile, remove } = newProfile();
let launched: LaunchedApp;
let roster: Roster;
let shell: Shell;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  launched = await launch(profile, ['--demo']);
  roster = new Roster(launched.window);
  shell = new Shell(launched.window);
  await expect(roster.item('web-01')).toBeVisible({ timeout: 30_000 });
});

test.afterAll(async () => {
  await launched.close();
  remove();
});

/** An item of the menu behind the name of the app. */
async function menuItem(role: 'menuitem' | 'menuitemcheckbox' | 'menuitemradio', name: string) {
  await launched.window.getByRole('button', { name: 'Archipel menu' }).click();
  return launched.window.getByRole(role, { name, exact: true });
}

async function expectChecked(item: Locator, checked: boolean): Promise<void> {
  await expect(item).toHaveAttribute('aria-checked', String(checked));
}

test('gives the keyboard to the roster when the tour is over', async () => {
  await shell.skipTour();
  await expect(roster.tree).toBeFocused();
  await expect(roster.tree.locator('[aria-selected=true]')).toHaveCount(0);
});

test('marks in its menu what holds, and changes it', async () => {
  const byGroup = await menuItem('menuitemradio', 'Roster by group');
  await expectChecked(byGroup, false);
  await byGroup.click();
  await expect(roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(0);
  await expectChecked(await menuItem('menuitemradio', 'Roster by group'), true);
  expect(await complaintsOfAxe(launched.window)).toEqual([]);
  await launched.window.getByRole('menuitemradio', { name: 'Roster by host' }).click();
  const hiding = await menuItem('menuitemcheckbox', 'Hide what is offline');
  await expectChecked(hiding, false);
  await hiding.click();
  await expectChecked(await menuItem('menuitemcheckbox', 'Hide what is offline'), true);
  await launched.window.getByRole('menuitemcheckbox', { name: 'Hide what is offline' }).click();
  const native = await launched.app.evaluate(({ Menu }) => {
    const view = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'View');
    return view?.submenu?.items.filter(({ checked }) => checked).map(({ label }) => label);
  });
  expect(native).toEqual(['Roster by host', 'Theme of the system']);
});

test('says whom of a selection a command was not given to', async () => {
  await roster.select('template-debian-12');
  await roster.selectToo('mail');
  await roster.selectToo('git');
  await roster.chooseFromMenu('mail', 'Pause');
  await expect(launched.window.getByText('Pause: 1 of 3 left out.').first()).toBeVisible();
  await shell.run('What has been done');
  const dialog = shell.dialog('What has been done');
  await expect(dialog.getByText('2 done, 1 left out').first()).toBeVisible();
  const left = dialog.getByRole('list', { name: 'Not given to' }).first();
  await expect(left).toContainText('Not possible while it is off.');
  await expect(left).toContainText('template-debian-12');
  expect(await complaintsOfAxe(launched.window)).toEqual([]);
  await launched.window.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await roster.chooseFromMenu('mail', 'Resume');
  await roster.expectState('mail', 'running');
});

test('moves a tab by the keyboard, which stays on it', async () => {
  await roster.select('mail');
  const tabs = launched.window.getByRole('tablist').first().getByRole('tab');
  await shell.tab('Overview: mail').click();
  await expect(tabs.nth(1)).toHaveAccessibleName('Overview: mail');
  await shell.tab('Overview: mail').focus();
  await launched.window.keyboard.press('Control+Shift+PageDown');
  await expect(tabs.nth(2)).toHaveAccessibleName('Overview: mail');
  await expect(shell.tab('Overview: mail')).toBeFocused();
  await shell.run('Move tab left');
  await expect(tabs.nth(1)).toHaveAccessibleName('Overview: mail');
  await shell.run('Keyboard shortcuts');
  const list = shell.dialog('Keyboard shortcuts').getByRole('list', { name: 'Anywhere' });
  await expect(list).toContainText('Move tab right');
  await launched.window.keyboard.press('Escape');
});

test('shows the address of the documentation, whatever the browser does', async () => {
  await launched.app.evaluate(({ shell: system }) => {
    system.openExternal = () => Promise.reject(new Error('no browser'));
  });
  await shell.run('Documentation');
  const dialog = shell.dialog('Documentation');
  await expect(dialog.getByText('No browser could be started.')).toBeVisible();
  const address = await dialog.locator('.address').innerText();
  await dialog.getByRole('button', { name: 'Copy address' }).click();
  const copied = () => launched.app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toBe(address);
  await launched.window.keyboard.press('Escape');
});

test('leads on from a machine that is not defined', async () => {
  await roster.chooseFromMenu('lagoon', 'New virtual machine…');
  const form = shell.dialog('New virtual machine');
  await form.getByRole('textbox', { name: 'Name' }).fill('fresh-01');
  await launched.window.keyboard.press('Enter');
  await roster.expectState('fresh-01', 'not defined', 20_000);
  await roster.select('fresh-01');
  const panel = await shell.show('Controls: fresh-01');
  await panel.getByRole('button', { name: 'Copy command' }).click();
  const copied = () => launched.app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toMatch(/^archipel call [0-9a-f-]{36}@\S+ definition\.define domain=/u);
});

test('takes the icon out of the tray and goes on', async () => {
  await shell.run('Settings');
  const tray = shell.dialog('Settings').getByRole('switch', { name: /system tray/u });
  await expect(tray).toBeChecked();
  await tray.click();
  await expect(tray).not.toBeChecked();
  await tray.click();
  await expect(tray).toBeChecked();
  await launched.window.keyboard.press('Escape');
  await expect(shell.dialog('Settings')).toBeHidden();
});
