import { expect, test } from '@playwright/test';
import { Console } from './pages/console.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnDemo } from './support/desk.ts';

const desk = deskOnDemo();

test.describe.configure({ mode: 'serial' });

test('presses keys through the hypervisor, chosen in the menu of the console', async () => {
  const { window } = desk;
  await desk.roster.chooseFromMenu('web-01', 'Console');
  const panel = desk.shell.panel('Console: web-01');
  const console = new Console(window, panel);
  await console.connected();
  await expect.poll(() => console.text()).toContain('login:');
  const keys = panel.getByRole('button', { name: 'Keys', exact: true });
  await keys.click();
  await window.getByRole('menuitemcheckbox', { name: 'Through the hypervisor' }).click();
  await keys.click();
  await expect(
    window.getByRole('menuitemcheckbox', { name: 'Through the hypervisor' }),
  ).toBeChecked();
  await window.screenshot({ path: 'out/e2e/console-keys.png' });
  expect(await complaintsOfAxe(window)).toEqual([]);
  await window.getByRole('menuitem', { name: 'Ctrl+Alt+Del', exact: true }).click();
  // The guest starts anew.
  await expect.poll(() => console.text()).toContain('SeaBIOS');
  await desk.shell.run('What has been done');
  await expect(desk.shell.dialog('What has been done')).toContainText('Send keys: web-01');
  await window.keyboard.press('Escape');
});

test('presses keys of a machine whose console is not open', async () => {
  const { window } = desk;
  await desk.roster.select('web-02');
  await desk.shell.run('Send keys');
  const form = desk.shell.dialog('Send keys');
  await expect(form.getByRole('combobox', { name: 'Keys' })).toHaveText('Ctrl+Alt+Del');
  expect(await complaintsOfAxe(window)).toEqual([]);
  await form.getByRole('button', { name: 'Send keys' }).click();
  await expect(form).toBeHidden();
  await desk.shell.run('What has been done');
  await expect(desk.shell.dialog('What has been done')).toContainText('Send keys: web-02');
  await window.keyboard.press('Escape');
});

test('says why the hypervisor cannot press keys of a machine that is off', async () => {
  const { window } = desk;
  await desk.roster.chooseFromMenu('template-debian-12', 'Console');
  const panel = desk.shell.panel('Console: template-debian-12');
  await panel.getByRole('button', { name: 'Keys', exact: true }).click();
  const item = window.getByRole('menuitem', { name: /^Ctrl\+Alt\+Del/u });
  await expect(item).toBeDisabled();
  await expect(item).toHaveAccessibleDescription('Not possible while it is off.');
  await window.keyboard.press('Escape');
});

test('warns of a keymap, takes it out when main has asked, and puts it back', async () => {
  const { window } = desk;
  await desk.roster.select('db-primary');
  await desk.shell.run('Set keymap');
  const form = desk.shell.dialog('Set keymap');
  await form.getByRole('combobox', { name: 'Keymap' }).click();
  await window.getByRole('option', { name: 'fr', exact: true }).click();
  await desk.agree('Set keymap', () => form.getByRole('button', { name: 'Set keymap' }).click());
  await expect(form).toBeHidden();
  await desk.agree('Force off', () => desk.shell.run('Force off'));
  await desk.roster.expectState('db-primary', 'off');
  await desk.shell.run('Start');
  await desk.roster.expectState('db-primary', 'running');

  await desk.roster.chooseFromMenu('db-primary', 'Console');
  const panel = desk.shell.panel('Console: db-primary');
  await new Console(window, panel).connected();
  const notice = panel.getByRole('status').filter({ hasText: 'keymap “fr”' });
  await expect(notice).toContainText('keys are sent by their characters');
  const way = panel.getByRole('combobox', { name: 'How the keyboard goes to the guest' });
  await expect(way).toHaveText('By itself: characters');
  await window.screenshot({ path: 'out/e2e/console-keymap.png' });
  expect(await complaintsOfAxe(window)).toEqual([]);
  await desk.agree('Remove the keymap', () =>
    notice.getByRole('button', { name: 'Remove the keymap' }).click(),
  );
  await expect(notice).toContainText('Keys are right from the next start of the guest on.');
  await window.screenshot({ path: 'out/e2e/console-keymap-gone.png' });
  await desk.agree('Set keymap', () => notice.getByRole('button', { name: 'Put it back' }).click());
  await expect(notice).toContainText('keys are sent by their characters');

  // Said once: it is not said again of the same keymap.
  await notice.getByRole('button', { name: 'Say no more of this keymap' }).click();
  await expect(notice).toBeHidden();
  await panel.getByRole('button', { name: 'Reconnect the console' }).click();
  await new Console(window, panel).connected();
  await expect(notice).toBeHidden();
});
