import { expect, test } from '@playwright/test';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { launch, newProfile, type LaunchedApp } from './support/launch.ts';

const { profile, remove } = newProfile();
let launched: LaunchedApp;
let roster: Roster;
let shell: Shell;

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

test('reaches a screen by the way that is chosen, and says where there is none', async () => {
  const { window } = launched;
  await roster.chooseFromMenu('web-01', 'Console');
  const panel = shell.panel('Console: web-01');
  await expect(panel.getByText('Connected by the proxy of the agent, encrypted')).toBeVisible();
  await panel.getByRole('combobox', { name: 'Way to the screen' }).click();
  await window.getByRole('option', { name: 'Directly' }).click();
  await expect(panel.getByText('Connected directly, not encrypted')).toBeVisible();
  await window.screenshot({ path: 'out/e2e/console-way.png' });
  await panel.getByRole('combobox', { name: 'Way to the screen' }).click();
  await window.getByRole('option', { name: 'Through SSH' }).click();
  await expect(
    panel.getByText('The screen of web-01 cannot be reached through SSH now.'),
  ).toBeVisible();
  expect(await complaintsOfAxe(window)).toEqual([]);
  await panel.getByRole('combobox', { name: 'Way to the screen' }).click();
  await window.getByRole('option', { name: 'Safest way' }).click();
  await expect(panel.getByText('Connected by the proxy of the agent, encrypted')).toBeVisible();
});
