import { expect, test } from '@playwright/test';
import { requirePrograms, whatIsMissing } from '../support/required-programs.ts';
import { Console } from './pages/console.ts';
import { Controls } from './pages/controls.ts';
import { Desk } from './support/desk.ts';
import { killStreams } from './support/kill-streams.ts';
import { PLATFORMS, type TestPlatform } from './support/platforms.ts';

const platformKind = PLATFORMS.find(({ name }) => name === 'Prosody')!;
const canRun = requirePrograms('Consoles end to end', platformKind.programs);
test.skip(!canRun, whatIsMissing(platformKind.programs));

test.describe.configure({ mode: 'serial' });

const desk = new Desk();
let platform: TestPlatform;
let stop: (() => Promise<unknown>) | undefined;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  platform = await platformKind.start();
  stop = () => platform.stop();
  await desk.start();
  await desk.join(platform, { remember: false });
  const { machine } = platform;
  await desk.roster.select(machine);
  const controls = new Controls(await desk.shell.show(`Controls: ${machine}`));
  await controls.button('Start').click();
  await desk.roster.expectState(machine, 'running');
  await platform.booted();
});

test.afterAll(async () => {
  await desk.end();
  await stop?.();
});

test('shows the screen of a real guest, types into it and comes back after a crash', async () => {
  test.setTimeout(180_000);
  const { app, shell, window } = desk;
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
});

test('types into the serial port of a guest of libvirt, and finds it again after a start', async () => {
  test.setTimeout(120_000);
  const { roster, shell, window } = desk;
  const { machine } = platform;
  const controls = new Controls(shell.panel(`Controls: ${machine}`));
  await roster.chooseFromMenu(machine, 'Text console');
  const panel = shell.panel(`Text console: ${machine}`);
  const screen = panel.getByRole('application', { name: `Terminal of ${machine}` });
  const connected = panel.getByText(/By the proxy of the agent, [\d.]+:\d+$/u);
  await expect(connected).toBeVisible();
  await window.keyboard.type('first words');
  await expect(screen).toContainText('first words');
  await window.screenshot({ path: 'out/e2e/serial-libvirt.png' });

  await shell.show(`Controls: ${machine}`);
  await desk.agree('Force off', () => controls.button('Force off').click());
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
});
