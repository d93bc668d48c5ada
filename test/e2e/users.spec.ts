import { expect, test, type Locator } from '@playwright/test';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { complaintsInBothThemes } from './support/axe.ts';
import {
  answered,
  confirmationAfter,
  launch,
  newProfile,
  type LaunchedApp,
} from './support/launch.ts';

const PASSWORD = 'a password of nobody';
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
});

test.afterAll(async () => {
  await launched.close();
  remove();
});

function user(panel: Locator, name: string): Locator {
  return panel.getByRole('option', { name: new RegExp(`${name}@archipel\\.test$`, 'u') });
}

test('a hypervisor shows the users of the server, found by a part of their names', async () => {
  await roster.chooseFromMenu('atoll-01', 'XMPP users');
  const panel = shell.panel('XMPP users: atoll-01');
  await expect(user(panel, 'admin')).toBeVisible();
  await expect(panel.getByText('5 users', { exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Machines too' }).click();
  await expect(panel.getByText('29 accounts', { exact: true })).toBeVisible();
  await expect(user(panel, 'atoll-02')).toHaveAccessibleName(/^hypervisor atoll-02/u);
  await panel.getByRole('searchbox').fill('OPERA');
  await expect(panel.getByRole('option')).toHaveCount(1);
  await expect(user(panel, 'operator')).toBeVisible();
  await panel.getByRole('searchbox').fill('no such name');
  await expect(panel.getByText('No account has this in its JID.')).toBeVisible();
  await panel.getByRole('button', { name: 'Show all' }).click();
  await expect(user(panel, 'admin')).toBeVisible();
});

test('the list is walked by keys', async () => {
  const panel = await shell.show('XMPP users: atoll-01');
  const list = panel.getByRole('listbox', { name: 'Users of the XMPP server' });
  await list.focus();
  await list.press('End');
  await expect(panel.getByRole('option', { selected: true })).toHaveAttribute(
    'aria-posinset',
    '29',
  );
  await list.press('Home');
  await expect(panel.getByRole('option', { selected: true })).toHaveAttribute('aria-posinset', '1');
});

test('a user is registered, gets another password, and is removed once main has asked', async () => {
  await roster.chooseFromMenu('Central agent', 'XMPP users');
  const panel = shell.panel('XMPP users: Central agent');
  await expect(user(panel, 'admin')).toBeVisible();
  await panel.getByRole('button', { name: 'Register user…' }).click();
  const form = shell.dialog('Register user');
  await form.getByRole('textbox', { name: 'JID' }).fill('frida@archipel.test');
  const first = await confirmationAfter(launched, () => form.getByRole('textbox').press('Enter'));
  await first.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await answered(first, () => first.getByRole('button', { name: 'Register user' }).click());
  await expect(user(panel, 'frida')).toBeVisible();

  await user(panel, 'frida').click();
  const second = await confirmationAfter(launched, () =>
    panel.getByRole('button', { name: 'Change password' }).click(),
  );
  await expect(second.getByRole('heading', { level: 1 })).toHaveText(
    'New password of frida@archipel.test',
  );
  await second.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await answered(second, () => second.getByRole('button', { name: 'Change password' }).click());

  const third = await confirmationAfter(launched, () =>
    panel.getByRole('button', { name: 'Remove user' }).click(),
  );
  await answered(third, () => third.getByRole('button', { name: 'Remove user' }).click());
  await expect(user(panel, 'frida')).toBeHidden();
  await expect(user(panel, 'admin')).toBeVisible();
});

test('axe finds nothing in the panel, in both themes', async () => {
  await shell.show('XMPP users: atoll-01');
  expect(await complaintsInBothThemes(launched.window)).toEqual([]);
});
