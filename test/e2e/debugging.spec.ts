import { expect, test } from '@playwright/test';
import { Logs } from './pages/logs.ts';
import { begunBefore, complete, Desk } from './support/desk.ts';

const HYPERVISORS = ['atoll-01', 'atoll-02', 'atoll-03', 'lagoon'];

/** Its panels are there before anybody has logged in. */
const desk = begunBefore(new Desk(), async (started) => {
  await started.start('--demo', '--workspace', 'Debugging');
  await complete(started);
});

test('the logs and hosts of hypervisors come with the log-in', async () => {
  const { shell, window } = desk;
  const logs = new Logs(window, await shell.show('Logs: all hypervisors'));
  await logs.panel.getByRole('button', { name: 'Level' }).click();
  await window.getByRole('option', { name: 'every level' }).click();
  await expect(logs.line(/MODULE/u).first()).toBeVisible();

  const chooser = await shell.show('Shell: no host');
  await chooser.getByRole('button', { name: 'Hypervisor' }).click();
  await expect(window.getByRole('option')).toHaveText(HYPERVISORS);
  await window.getByRole('option', { name: 'lagoon' }).click();
  await expect(chooser.getByRole('button', { name: /lagoon/u })).toBeEnabled();
});
