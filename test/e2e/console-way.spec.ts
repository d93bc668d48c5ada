import { expect, test } from '@playwright/test';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnDemo } from './support/desk.ts';

const desk = deskOnDemo();

test('reaches a screen by the way that is chosen, and says where there is none', async () => {
  const { window } = desk;
  await desk.roster.chooseFromMenu('web-01', 'Console');
  const panel = desk.shell.panel('Console: web-01');
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
