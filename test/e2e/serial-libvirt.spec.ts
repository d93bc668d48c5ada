import { expect, test } from '@playwright/test';
import { requirePrograms } from '../support/required-programs.ts';
import { Accounts } from './pages/accounts.ts';
import { Controls } from './pages/controls.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { adopt } from './support/adopt.ts';
import { answered, confirmationAfter, launch, newProfile } from './support/launch.ts';
import { PLATFORMS } from './support/platforms.ts';

const { name, programs, start } = PLATFORMS.find((one) => one.name === 'Prosody')!;
const canRun = requirePrograms(`The text console of QEMU end to end on ${name}`, programs);

test('types into the serial port of a guest of libvirt, and finds it again after a start', async () => {
  test.skip(!canRun, 'a program is missing');
  test.setTimeout(120_000);
  const platform = await start();
  const place = newProfile();
  const launched = await launch(place.profile);
  try {
    const { window } = launched;
    const { machine } = platform;
    const [shell, roster] = [new Shell(window), new Roster(window)];
    const accounts = new Accounts(window);
    await accounts.add(platform.account, { remember: false });
    await accounts.trust();
    await expect(shell.connection).toContainText('Connected');
    await adopt(shell, roster, platform);
    await roster.expectState(machine, 'off');
    await roster.select(machine);
    const controls = new Controls(await shell.show(`Controls: ${machine}`));
    await controls.button('Start').click();
    await platform.booted();

    await roster.chooseFromMenu(machine, 'Text console');
    const panel = shell.panel(`Text console: ${machine}`);
    const screen = panel.getByRole('application', { name: `Terminal of ${machine}` });
    const connected = panel.getByText(/By the proxy of the agent, [\d.]+:\d+$/u);
    await expect(connected).toBeVisible();
    await window.keyboard.type('first words');
    await expect(screen).toContainText('first words');
    await window.screenshot({ path: 'out/e2e/serial-libvirt.png' });

    await shell.show(`Controls: ${machine}`);
    const confirmation = await confirmationAfter(launched, () =>
      controls.button('Force off').click(),
    );
    await answered(confirmation, () =>
      confirmation.getByRole('button', { name: 'Force off', exact: true }).click(),
    );
    await roster.expectState(machine, 'off');
    await shell.show(`Text console: ${machine}`);
    await window.screenshot({ path: 'out/e2e/serial-libvirt-off.png' });
    await expect(screen).toContainText('first words');
    await shell.show(`Controls: ${machine}`);
    await controls.button('Start').click();
    await roster.expectState(machine, 'running');
    await shell.show(`Text console: ${machine}`);
    await expect(connected).toBeVisible({ timeout: 20_000 });
    await screen.click();
    await window.keyboard.type('second words');
    await expect(screen).toContainText('second words');
  } finally {
    await launched.close();
    await platform.stop();
    place.remove();
  }
});
