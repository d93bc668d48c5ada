import { expect, test } from '@playwright/test';
import { Console } from './pages/console.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnDemo } from './support/desk.ts';

const MACHINE = 'template-debian-12';
/** A machine crashes once the platform has run for a while. */
const CRASHED_MS = 30_000;

const desk = deskOnDemo();

test('leads from a machine that crashed to what its log says', async () => {
  const { roster, shell, window } = desk;
  await roster.expectState('worker-07', 'crashed', CRASHED_MS);
  await roster.select('worker-07');
  const panel = await shell.show('Console: worker-07');
  await expect(panel.getByText('worker-07 has crashed.')).toBeVisible();
  await window.screenshot({ path: 'out/e2e/console-crashed.png' });
  await panel.getByRole('button', { name: 'Show its log' }).click();
  await expect(shell.panel('Logs: worker-07')).toBeVisible();
});

test('says that a machine is off, offers to start it and follows that', async () => {
  const { roster, shell, window } = desk;
  await roster.expectState(MACHINE, 'off');
  await roster.chooseFromMenu(MACHINE, 'Console');
  const panel = shell.panel(`Console: ${MACHINE}`);
  const console = new Console(window, panel);
  await expect(panel.getByText(`${MACHINE} is off.`)).toBeVisible();
  await expect(console.button('Full screen')).toHaveAttribute('aria-disabled', 'true');
  await expect(console.button('Reconnect the console')).toHaveAttribute('aria-disabled', 'true');
  expect(await complaintsOfAxe(window)).toEqual([]);
  await desk.photograph('out/e2e/console-off');

  // What is pressed and pasted there is not for a screen.
  await desk.app.evaluate(({ clipboard }) => clipboard.writeText('echo pasted'));
  await panel.getByRole('button', { name: 'Start', exact: true }).focus();
  await window.keyboard.press('Control+Shift+V');
  await window.keyboard.press('Enter');
  await console.connected();
  await expect(panel.getByText(`${MACHINE} is off.`)).toBeHidden();
  await expect(shell.dialog(`Type text in ${MACHINE}`)).toBeHidden();
  // A text console has one size.
  const menu = await console.openScreenMenu();
  const resize = menu.getByRole('menuitemcheckbox', { name: /^Make the guest’s screen/u });
  await expect(resize).toHaveAttribute('aria-disabled', 'true');
  await window.keyboard.press('Escape');
});
