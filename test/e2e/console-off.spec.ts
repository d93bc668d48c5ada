import { expect, test } from '@playwright/test';
import { Console } from './pages/console.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { launch, newProfile } from './support/launch.ts';

const MACHINE = 'template-debian-12';

test('leads from a machine that crashed to what its log says', async () => {
  test.setTimeout(120_000);
  const place = newProfile();
  const launched = await launch(place.profile, ['--demo']);
  const { window } = launched;
  try {
    const [shell, roster] = [new Shell(window), new Roster(window)];
    await shell.skipTour();
    await roster.expectState('worker-07', 'crashed', 30_000);
    await roster.select('worker-07');
    const panel = await shell.show('Console: worker-07');
    await expect(panel.getByText('worker-07 has crashed.')).toBeVisible();
    await window.screenshot({ path: 'out/e2e/console-crashed.png' });
    await panel.getByRole('button', { name: 'Show its log' }).click();
    await expect(shell.panel('Logs: worker-07')).toBeVisible();
  } finally {
    await launched.close();
    place.remove();
  }
});

test('says that a machine is off, offers to start it and follows that', async () => {
  test.setTimeout(120_000);
  const place = newProfile();
  const launched = await launch(place.profile, ['--demo']);
  const { window } = launched;
  try {
    const [shell, roster] = [new Shell(window), new Roster(window)];
    await shell.skipTour();
    await roster.expectState(MACHINE, 'off');
    await roster.select(MACHINE);
    const panel = await shell.show(`Console: ${MACHINE}`);
    const console = new Console(window, panel);
    await expect(panel.getByText(`${MACHINE} is off.`)).toBeVisible();
    await expect(console.button('Full screen')).toHaveAttribute('aria-disabled', 'true');
    await expect(console.button('Reconnect the console')).toHaveAttribute('aria-disabled', 'true');
    expect(await complaintsOfAxe(window)).toEqual([]);
    await window.screenshot({ path: 'out/e2e/console-off.png' });
    await shell.toggleTheme();
    await window.screenshot({ path: 'out/e2e/console-off-dark.png' });

    await panel.getByRole('button', { name: 'Start', exact: true }).click();
    await console.connected();
    await expect(panel.getByText(`${MACHINE} is off.`)).toBeHidden();
    // A text console has one size.
    const menu = await console.openScreenMenu();
    const resize = menu.getByRole('menuitemcheckbox', { name: /^Make the guest’s screen/u });
    await expect(resize).toHaveAttribute('aria-disabled', 'true');
    await window.keyboard.press('Escape');
  } finally {
    await launched.close();
    place.remove();
  }
});
