import { expect, test } from '@playwright/test';
import { Logs } from './pages/logs.ts';
import { begunBefore, PlatformDesk } from './support/desk.ts';

const HYPERVISORS = ['atoll-01', 'atoll-02', 'atoll-03', 'lagoon'];

/** Its panels are there before there is an account. */
const desk = begunBefore(new PlatformDesk(), (first) =>
  first.connect(false, '--workspace', 'Debugging'),
);

test('the logs and hosts of hypervisors come with the log-in', async () => {
  const { shell, window } = desk;
  const logs = new Logs(window, await shell.show('Logs: all hypervisors'));
  await logs.panel.getByRole('combobox', { name: 'Level' }).click();
  await window.getByRole('option', { name: 'every level' }).click();
  await expect(logs.line(/atoll|lagoon/u).first()).toBeVisible();
  await expect.poll(() => logs.shown()).toBeGreaterThan(20);

  const chooser = await shell.show('Shell: no host');
  await chooser.getByRole('combobox', { name: 'Hypervisor' }).click();
  const host = (name: string) => window.getByRole('option', { name, exact: true });
  for (const name of HYPERVISORS) await expect(host(name)).toBeVisible();
  await host('lagoon').click();
  await expect(chooser.getByRole('button', { name: /lagoon/u })).toBeEnabled();
});
