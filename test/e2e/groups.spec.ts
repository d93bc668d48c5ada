import { expect, test } from '@playwright/test';
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
  launched = await launch(profile, ['--demo']);
  roster = new Roster(launched.window);
  shell = new Shell(launched.window);
  await shell.skipTour();
  await expect(roster.item('web-01')).toBeVisible({ timeout: 30_000 });
});

test.afterAll(async () => {
  await launched.close();
  remove();
});

/** Where an entity or group stands: its level, or undefined where it is not shown. */
async function levelOf(name: string): Promise<string | null> {
  return roster.item(name).first().getAttribute('aria-level');
}

test('makes a group that stays without a member, and shows it at once', async () => {
  await shell.run('New group');
  const form = shell.dialog('New group');
  await form.getByRole('textbox', { name: 'Name' }).fill('Night shift');
  await form.getByRole('button', { name: 'Add group' }).click();
  await expect(form).toBeHidden();
  await expect(roster.item('Night shift')).toHaveAttribute('aria-selected', 'true');
  const panel = shell.panel('Overview: Night shift');
  await expect(panel.getByText('Nobody is in this group.')).toBeVisible();
  await roster.chooseFromMenu('Night shift', 'New group…');
  await form.getByRole('textbox', { name: 'Name' }).fill('On call');
  await launched.window.keyboard.press('Enter');
  await expect(roster.item('On call')).toHaveAttribute('aria-level', '2');
});

test('moves members into it by a form that offers the groups there are', async () => {
  await roster.select('template-debian-12');
  await roster.chooseFromMenu('template-debian-12', 'Move to group…');
  const form = shell.dialog('Move to group');
  const groups = form.getByRole('group', { name: 'Groups of the roster' });
  const pressed = groups.locator('[aria-pressed=true]');
  while ((await pressed.count()) > 0) await pressed.first().click();
  await groups.getByRole('button', { name: 'Night shift › On call' }).click();
  await form.getByRole('button', { name: 'Move to group' }).click();
  await expect(form).toBeHidden();
  await expect.poll(() => levelOf('template-debian-12')).toBe('3');
});

test('shows a group with its members by state and gives commands to them', async () => {
  await roster.select('Night shift');
  const panel = shell.panel('Overview: Night shift');
  await expect(panel.getByText('1 member', { exact: true })).toBeVisible();
  const byState = panel.getByRole('list', { name: 'Members by state' });
  await expect(byState).toContainText('1 virtual machine, off');
  await panel.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(byState).toContainText('1 virtual machine, running');
  expect(await complaintsOfAxe(launched.window)).toEqual([]);
});

test('renames a group by the keyboard, with what is nested in it', async () => {
  await roster.select('Night shift');
  await roster.tree.focus();
  await launched.window.keyboard.press('F2');
  const form = shell.dialog('Rename group Night shift');
  await expect(form.getByText('The place of 1 contact in the roster changes.')).toBeVisible();
  await form.getByRole('textbox', { name: 'Name' }).fill('Day shift');
  await launched.window.keyboard.press('Enter');
  await expect(roster.item('Day shift')).toHaveAttribute('aria-selected', 'true');
  await expect(roster.item('Night shift')).toHaveCount(0);
  await expect.poll(() => levelOf('template-debian-12')).toBe('3');
  await expect(shell.tab('Overview: Day shift')).toBeVisible();
});

test('deletes a group once main has asked, and leaves its members in the roster', async () => {
  await roster.select('On call');
  await roster.tree.focus();
  const asked = await confirmationAfter(launched, () => launched.window.keyboard.press('Delete'));
  await expect(asked.getByRole('heading', { level: 1 })).toHaveText(
    'Delete group Day shift › On call?',
  );
  await expect(asked.getByText('template-debian-12')).toBeVisible();
  await answered(asked, () => asked.getByRole('button', { name: 'Delete group' }).click());
  await expect(roster.item('On call')).toHaveCount(0);
  await expect.poll(() => levelOf('template-debian-12')).toBe('2');
  await shell.run('What has been done');
  const first = shell.dialog('What has been done').getByRole('list', { name: 'Results' }).first();
  await expect(first.getByRole('listitem')).toContainText(['template-debian-12']);
  await expect(first).toContainText('done');
  await launched.window.keyboard.press('Escape');
});

test('offers the group that is selected when a contact is added', async () => {
  await roster.select('Day shift');
  await roster.chooseFromMenu('Day shift', 'Add contact…');
  const form = shell.dialog('Add contact');
  await expect(form.getByRole('button', { name: 'Day shift', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  expect(await complaintsOfAxe(launched.window)).toEqual([]);
  await launched.window.keyboard.press('Escape');
  await expect(form).toBeHidden();
});

test('forgets no group over a restart', async () => {
  await shell.run('New group');
  const form = shell.dialog('New group');
  await form.getByRole('textbox', { name: 'Name' }).fill('Kept');
  await launched.window.keyboard.press('Enter');
  await expect(roster.item('Kept')).toBeVisible();
  await launched.close();
  launched = await launch(profile, ['--demo']);
  roster = new Roster(launched.window);
  shell = new Shell(launched.window);
  await expect(roster.item('Kept')).toBeVisible({ timeout: 30_000 });
});
