import { expect, test } from '@playwright/test';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { launch, newProfile, type LaunchedApp } from './support/launch.ts';

const { profile, remove } = newProfile();
const DASHBOARD = 'Dashboard: all accounts';
let launched: LaunchedApp;
let roster: Roster;
let shell: Shell;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  launched = await launch(profile, ['--demo']);
  roster = new Roster(launched.window);
  shell = new Shell(launched.window);
  await shell.skipTour();
  await roster.expectState('worker-07', 'crashed', 30_000);
});

test.afterAll(async () => {
  await launched.close();
  remove();
});

/** A card of the dashboard by the words that its title begins with. */
function card(title: RegExp) {
  return shell.panel(DASHBOARD).getByRole('region', { name: title });
}

test('the dashboard sums up the fleet, and says what is wrong and who uses most', async () => {
  await shell.run('Dashboard');
  const panel = shell.panel(DASHBOARD);
  await expect(panel.getByText('4 of 4 online')).toBeVisible();
  await expect(panel.getByText(/^\d+ of 20 running$/u)).toBeVisible();
  await expect(panel.getByText(/^[\d.]+ %$/u).first()).toBeVisible({ timeout: 20_000 });
  await expect(card(/^What is wrong/u).getByRole('button', { name: 'worker-07' })).toBeVisible();
  for (const title of [/^Most processor time/u, /^Most memory/u]) {
    await expect(card(title).getByRole('listitem')).toHaveCount(6);
  }
});

test('a name on the dashboard opens its entity', async () => {
  await card(/^What is wrong/u)
    .getByRole('button', { name: 'worker-07' })
    .click();
  await expect(shell.panel('Overview: worker-07')).toBeVisible();
  await shell.show(DASHBOARD);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the dashboard in the ${theme} theme`, async () => {
    const html = launched.window.locator('html');
    if ((await html.getAttribute('data-theme')) !== theme) await shell.toggleTheme();
    await shell.show(DASHBOARD);
    expect(await complaintsOfAxe(launched.window)).toEqual([]);
  });
}

test('a limit that is passed is told of and marked, and the mark goes once the limit is kept', async () => {
  const host = roster.item('atoll-01');
  const over = /memory at [\d.]+ %, over the limit of 25 %/iu;
  await expect(host).not.toHaveAccessibleDescription(over);
  const setLimit = async (limit: string) => {
    await shell.run('Settings');
    const dialog = shell.dialog('Settings');
    await dialog.getByRole('combobox', { name: 'Limit for memory of hypervisors' }).click();
    await launched.window.getByRole('option', { name: limit, exact: true }).click();
    await launched.window.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  await setLimit('25 %');
  await expect(host).toHaveAccessibleDescription(over);
  await shell.run('Notifications');
  const told = shell.dialog('Notifications').getByText(/^atoll-01: Memory at [\d.]+ %/u);
  await expect(told).toHaveCount(1);
  await launched.window.keyboard.press('Escape');
  await expect(card(/^What is wrong/u).getByRole('button', { name: 'atoll-01' })).toBeVisible();
  await setLimit('None');
  await expect(host).not.toHaveAccessibleDescription(over);
  await expect(card(/^What is wrong/u).getByRole('button', { name: 'atoll-01' })).toHaveCount(0);
});
