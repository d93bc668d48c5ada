import { expect, test } from '@playwright/test';
import { complaintsOfAxe } from './support/axe.ts';
import { complete, deskOnDemo } from './support/desk.ts';
import { answered, confirmationAfter } from './support/launch.ts';

const desk = deskOnDemo(complete);

test.describe.configure({ mode: 'serial' });

/** Where an entity or group stands: its level, or undefined where it is not shown. */
async function levelOf(name: string): Promise<string | null> {
  return desk.roster.item(name).first().getAttribute('aria-level');
}

test('makes a group that stays without a member, and shows it at once', async () => {
  await desk.shell.run('New group');
  const form = desk.shell.dialog('New group');
  await form.getByRole('textbox', { name: 'Name' }).fill('Night shift');
  await form.getByRole('button', { name: 'Add group' }).click();
  await expect(form).toBeHidden();
  await expect(desk.roster.item('Night shift')).toHaveAttribute('aria-selected', 'true');
  const panel = desk.shell.panel('Overview: Night shift');
  await expect(panel.getByText('Nobody is in this group.')).toBeVisible();
  await desk.roster.chooseFromMenu('Night shift', 'New group…');
  await form.getByRole('textbox', { name: 'Name' }).fill('On call');
  await desk.window.keyboard.press('Enter');
  await expect(desk.roster.item('On call')).toHaveAttribute('aria-level', '2');
});

test('moves members into it by a form that offers the groups there are', async () => {
  await desk.roster.select('template-debian-12');
  await desk.roster.chooseFromMenu('template-debian-12', 'Move to group…');
  const form = desk.shell.dialog('Move to group');
  const groups = form.getByRole('group', { name: 'Groups of the roster' });
  const pressed = groups.locator('[aria-pressed=true]');
  while ((await pressed.count()) > 0) await pressed.first().click();
  await groups.getByRole('button', { name: 'Night shift › On call' }).click();
  await form.getByRole('button', { name: 'Move to group' }).click();
  await expect(form).toBeHidden();
  await expect.poll(() => levelOf('template-debian-12')).toBe('3');
});

test('shows a group with its members by state and gives commands to them', async () => {
  await desk.roster.select('Night shift');
  const panel = desk.shell.panel('Overview: Night shift');
  await expect(panel.getByText('1 member', { exact: true })).toBeVisible();
  const byState = panel.getByRole('list', { name: 'Members by state' });
  await expect(byState).toContainText('1 virtual machine, off');
  await panel.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(byState).toContainText('1 virtual machine, running');
  expect(await complaintsOfAxe(desk.window)).toEqual([]);
});

test('renames a group by the keyboard, with what is nested in it', async () => {
  await desk.roster.select('Night shift');
  await desk.roster.tree.focus();
  await desk.window.keyboard.press('F2');
  const form = desk.shell.dialog('Rename group Night shift');
  await expect(form.getByText('The place of 1 contact in the roster changes.')).toBeVisible();
  // The name that is there is chosen, so that what is typed takes its place.
  await expect(form.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await desk.window.keyboard.type('Day shift');
  await desk.window.keyboard.press('Enter');
  await expect(desk.roster.item('Day shift')).toHaveAttribute('aria-selected', 'true');
  await expect(desk.roster.item('Night shift')).toHaveCount(0);
  await expect.poll(() => levelOf('template-debian-12')).toBe('3');
  await expect(desk.shell.tab('Overview: Day shift')).toBeVisible();
});

test('deletes a group once main has asked, and leaves its members in the roster', async () => {
  await desk.roster.select('On call');
  await desk.roster.tree.focus();
  const asked = await confirmationAfter(desk.launched, () => desk.window.keyboard.press('Delete'));
  await expect(asked.getByRole('heading', { level: 1 })).toHaveText(
    'Delete group Day shift › On call?',
  );
  await expect(asked.getByText('template-debian-12')).toBeVisible();
  await answered(asked, () => asked.getByRole('button', { name: 'Delete group' }).click());
  await expect(desk.roster.item('On call')).toHaveCount(0);
  await expect.poll(() => levelOf('template-debian-12')).toBe('2');
  await desk.shell.run('What has been done');
  const first = desk.shell
    .dialog('What has been done')
    .getByRole('list', { name: 'Results' })
    .first();
  await expect(first.getByRole('listitem')).toContainText(['template-debian-12']);
  await expect(first).toContainText('done');
  await desk.window.keyboard.press('Escape');
});

test('offers the group that is selected when a contact is added', async () => {
  await desk.roster.select('Day shift');
  await desk.roster.chooseFromMenu('Day shift', 'Add contact…');
  const form = desk.shell.dialog('Add contact');
  await expect(form.getByRole('button', { name: 'Day shift', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  expect(await complaintsOfAxe(desk.window)).toEqual([]);
  await desk.window.keyboard.press('Escape');
  await expect(form).toBeHidden();
});

test('takes a member that is dragged to it, and opens one that is double-clicked', async () => {
  const { roster, shell, window } = desk;
  await shell.run('Arrange by host or by group');
  await shell.run('New group');
  const form = shell.dialog('New group');
  await form.getByRole('textbox', { name: 'Name' }).fill('Aside');
  await form.getByRole('button', { name: 'Add group' }).click();
  await expect(form).toBeHidden();
  await roster.item('web-02').first().dragTo(roster.item('Aside'));
  const panel = shell.panel('Overview: Aside');
  await roster.select('Aside');
  await expect(panel.getByText('1 member', { exact: true })).toBeVisible();
  await roster.item('web-02').first().dblclick();
  await expect(shell.panel('Controls: web-02')).toBeVisible();
  await shell.show('Overview: web-02');
  const picture = window.locator('header img').first();
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0);
  await window.screenshot({ path: 'out/e2e/groups-dragged.png' });
  await shell.run('Arrange by host or by group');
});

test('forgets no group over a restart', async () => {
  await desk.shell.run('New group');
  const form = desk.shell.dialog('New group');
  await form.getByRole('textbox', { name: 'Name' }).fill('Kept');
  await desk.window.keyboard.press('Enter');
  await expect(desk.roster.item('Kept')).toBeVisible();
  await desk.restart('--demo');
  await expect(desk.roster.item('Kept')).toBeVisible({ timeout: 30_000 });
});
