import type { ElectronApplication, Locator } from '@playwright/test';

/**
 * Kills the process that holds all connections, and waits until `told` was on the screen: what panels
 * say of it stays for a second, which looking from time to time could miss.
 */
export async function killStreams(app: ElectronApplication, told: Locator): Promise<void> {
  const pid = await app.evaluate(({ app: electron }) => {
    const streams = electron.getAppMetrics().find(({ name }) => name === 'Archipel streams');
    return streams?.pid;
  });
  if (pid === undefined) throw new Error('No process holds connections');
  const seen = told.waitFor();
  process.kill(pid, 'SIGKILL');
  await seen;
}
