import { expect, test } from '@playwright/test';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnDemo } from './support/desk.ts';
import { killStreams } from './support/kill-streams.ts';

const desk = deskOnDemo();

test('opens the text console of a machine, types a command and reads the answer', async () => {
  const { app, window } = desk;
  await desk.roster.select('web-01');
  await desk.roster.chooseFromMenu('web-01', 'Text console');
  const panel = desk.shell.panel('Text console: web-01');
  const screen = panel.getByRole('application', { name: 'Terminal of web-01' });
  await expect(panel.getByText(/By the proxy of the agent, 127\.0\.0\.1:\d+$/u)).toBeVisible();
  await expect(screen).toContainText('web-01 login:');
  const type = async (text: string): Promise<void> => {
    await window.keyboard.type(text);
    await window.keyboard.press('Enter');
  };
  await type('ada');
  await expect(screen).toContainText('Password:');
  await type('secret');
  await expect(screen).toContainText('Welcome.');
  await type('hostname');
  await expect(screen).toContainText(/hostname\s*web-01/u);
  await window.screenshot({ path: 'out/e2e/serial-open.png' });
  expect(await complaintsOfAxe(window)).toEqual([]);

  // The process that holds the connection is killed: what was there stays, and it comes back.
  await killStreams(app, panel.getByText(/Tried again in \d+ s\.$/u));
  await expect(screen).toContainText('Welcome.');
  await expect(panel.getByText(/By the proxy of the agent/u)).toBeVisible();

  await window.keyboard.press('Control+Alt+Shift');
  await expect(panel.getByText('The keyboard goes to the terminal.')).toBeHidden();
});
