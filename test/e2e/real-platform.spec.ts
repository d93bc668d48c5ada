import { expect, test } from '@playwright/test';
import { requirePrograms, whatIsMissing } from '../support/required-programs.ts';
import { Controls } from './pages/controls.ts';
import { Desk } from './support/desk.ts';
import { PLATFORMS, type TestPlatform } from './support/platforms.ts';

/** What libvirt tells is seen in the roster within this time. */
const PROMPT_MS = 2000;
const KEYRING_PROGRAMS = ['dbus-daemon', 'gnome-keyring-daemon'];

/** The password comes from the keyring: nobody is asked. */
async function comeBack(desk: Desk, { machine }: TestPlatform): Promise<void> {
  await desk.restart();
  await expect(desk.shell.connection).toContainText('Connected', { timeout: 15_000 });
  await expect(desk.roster.item(machine)).toHaveAccessibleDescription('off');
}

async function drive(desk: Desk, platform: TestPlatform): Promise<void> {
  const { shell, roster } = desk;
  const { machine } = platform;
  await roster.select(machine);
  const controls = new Controls(await shell.show(`Controls: ${machine}`));
  await controls.button('Start').click();
  const startedAt = await platform.eventAt('started');
  await roster.expectState(machine, 'running', PROMPT_MS);
  expect(Date.now() - startedAt).toBeLessThan(PROMPT_MS);
  await platform.booted();
  await controls.button('Shut down').click();
  // A clock that is stepped before the guest was asked would be stepped for nothing.
  await roster.expectState(machine, '(shutting down|off)');
  await platform.eventAt('stopped');
  await roster.expectState(machine, 'off', PROMPT_MS);
  await controls.button('Start').click();
  await roster.expectState(machine, 'running');
  await desk.agree('Force off', () => controls.button('Force off').click());
  await roster.expectState(machine, 'off');
}

for (const { name, programs, start } of PLATFORMS) {
  const needed = [...programs, ...KEYRING_PROGRAMS];
  const canRun = requirePrograms(`End to end on ${name}`, needed);

  test(`logs in on ${name}, remembers, and drives a machine from the roster`, async () => {
    test.skip(!canRun, whatIsMissing(needed));
    test.setTimeout(120_000);
    const platform = await start();
    const desk = new Desk();
    let ended;
    try {
      await desk.start();
      await desk.join(platform, { remember: true });
      await desk.roster.expectState(platform.machine, 'off');
      await comeBack(desk, platform);
      await drive(desk, platform);
    } finally {
      await desk.end();
      ended = await platform.stop();
    }
    expect(ended).toEqual({ exitCode: 0, left: [] });
  });
}
