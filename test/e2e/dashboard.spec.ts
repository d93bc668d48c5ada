import { expect, test } from '@playwright/test';
import { complaintsInBothThemes } from './support/axe.ts';
import { deskOnDemo } from './support/desk.ts';

const DASHBOARD = 'Dashboard: all accounts';
const desk = deskOnDemo(async ({ roster, shell }) => {
  await shell.skipTour();
  await roster.expectState('worker-07', 'crashed', 30_000);
});

test.describe.configure({ mode: 'serial' });

/** A card of the dashboard by the words that its title begins with. */
function card(title: RegExp) {
  return desk.shell.panel(DASHBOARD).getByRole('region', { name: title });
}

test('the dashboard sums up the fleet, and says what is wrong and who uses most', async () => {
  await desk.shell.run('Dashboard');
  const panel = desk.shell.panel(DASHBOARD);
  await expect(panel.getByText('4 of 4 online')).toBeVisible();
  await expect(panel.getByText(/^\d+ of 20 running$/u)).toBeVisible();
  await expect(panel.getByText(/^[\d.]+ %$/u).first()).toBeVisible({ timeout: 20_000 });
  await expect(card(/^What is wrong/u).getByRole('button', { name: 'worker-07' })).toBeVisible();
  // Of machines that are measured for the first time nothing is known but their memory.
  for (const title of [/^Most processor time/u, /^Most memory/u]) {
    await expect(card(title).getByRole('listitem')).toHaveCount(6, { timeout: 20_000 });
  }
});

test('a name on the dashboard opens its entity', async () => {
  await card(/^What is wrong/u)
    .getByRole('button', { name: 'worker-07' })
    .click();
  await expect(desk.shell.panel('Overview: worker-07')).toBeVisible();
  await desk.shell.show(DASHBOARD);
});

test('axe finds nothing on the dashboard, in both themes', async () => {
  await desk.shell.show(DASHBOARD);
  expect(await complaintsInBothThemes(desk.window)).toEqual([]);
});

test('a limit that is passed is told of and marked, and the mark goes once the limit is kept', async () => {
  const host = desk.roster.item('atoll-01');
  const over = /Limit passed: Memory over 25 %/u;
  await expect(host).not.toHaveAccessibleDescription(over);
  const setLimit = async (limit: string) => {
    await desk.shell.run('Settings');
    const dialog = desk.shell.dialog('Settings');
    await dialog.getByRole('combobox', { name: 'Limit for memory of hypervisors' }).click();
    await desk.window.getByRole('option', { name: limit, exact: true }).click();
    await desk.window.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  };
  await setLimit('25 %');
  await expect(host).toHaveAccessibleDescription(over);
  // To look at it changes nothing of it.
  await desk.roster.select('atoll-01');
  await expect(desk.shell.panel('Overview: atoll-01')).toBeVisible();
  await expect(host).toHaveAccessibleDescription(over);
  await desk.shell.show(DASHBOARD);
  await desk.shell.run('Notifications');
  const told = desk.shell.dialog('Notifications').getByText(/^atoll-01: Memory at [\d.]+ %/u);
  await expect(told).toHaveCount(1);
  await desk.window.keyboard.press('Escape');
  await expect(card(/^What is wrong/u).getByRole('button', { name: 'atoll-01' })).toBeVisible();
  await setLimit('None');
  await expect(host).not.toHaveAccessibleDescription(over);
  await expect(card(/^What is wrong/u).getByRole('button', { name: 'atoll-01' })).toHaveCount(0);
});
