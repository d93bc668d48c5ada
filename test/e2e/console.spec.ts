import { expect, test } from '@playwright/test';
import { requirePrograms } from '../support/required-programs.ts';
import { Accounts } from './pages/accounts.ts';
import { Console } from './pages/console.ts';
import { Controls } from './pages/controls.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { adopt } from './support/adopt.ts';
import { launch, newProfile } from './support/launch.ts';
import { PLATFORMS } from './support/platforms.ts';
import { killStreams } from './support/kill-streams.ts';

const platformKind = PLATFORMS.find(({ name }) => name === 'Prosody')!;
const canRun = requirePrograms('Consoles end to end', platformKind.programs);

test('shows the screen of a real guest, types into it and comes back after a crash', async () => {
  test.skip(!canRun, 'a program is missing');
  test.setTimeout(180_000);
  const platform = await platformKind.start();
  const place = newProfile();
  const launched = await launch(place.profile);
  const { window, app } = launched;
  try {
    const [shell, roster] = [new Shell(window), new Roster(window)];
    const accounts = new Accounts(window);
    await accounts.add(platform.account, { remember: false });
    await accounts.trust();
    await expect(shell.connection).toContainText('Connected');
    await adopt(shell, roster, platform);
    await roster.select(platform.machine);
    const controls = new Controls(await shell.show(`Controls: ${platform.machine}`));
    await controls.button('Start').click();
    await roster.expectState(platform.machine, 'running');
    await platform.booted();

    const panel = await shell.show(`Console: ${platform.machine}`);
    const console = new Console(window, panel);
    await console.connected();
    await expect(panel.getByText(/by the proxy of the agent, encrypted/)).toBeVisible();
    await console.type('hello Q');
    await platform.shows?.('hello Q');
    await window.screenshot({ path: 'out/e2e/console-open.png' });

    // Ctrl+Alt+Shift always frees the keyboard, and what is typed then stays here.
    await window.keyboard.press('Control+Alt+Shift');
    await expect(panel.getByText('The keyboard goes to the machine.')).toBeHidden();
    await expect(console.screen.locator('canvas').first()).not.toBeFocused();

    const filling = () => window.evaluate(() => document.fullscreenElement !== null);
    await console.button('Full screen').click();
    await expect.poll(filling).toBe(true);
    await console.button('Full screen').click();
    await expect.poll(filling).toBe(false);

    // The process that holds the connection is killed: the picture stays, and it comes back.
    await killStreams(app, panel.getByText(/The process that held the screen of/));
    await window.screenshot({ path: 'out/e2e/console-lost.png' });
    await console.connected();
    await console.type('again');
    await platform.shows?.('again');
  } finally {
    await launched.close();
    place.remove();
    await platform.stop();
  }
});
