import { expect, test } from '@playwright/test';
import { Controls } from './pages/controls.ts';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import {
  answered,
  confirmationAfter,
  launch,
  newProfile,
  type LaunchedApp,
} from './support/launch.ts';

const { profile, remove } = newProfile();
let launched: LaunchedApp;
let roster: Roster;
let shell: Shell;

/** By host, as demo/world describes it. Those that are batch, build or staging may change by themselves. */
const FLEET = {
  lagoon: ['backup', 'monitoring', 'vpn-gateway'],
  'atoll-01': [
    'build-agent-3',
    'build-agent-4',
    'db-primary',
    'db-replica',
    'git',
    'mail',
    'template-debian-12',
    'web-01',
    'web-02',
  ],
  'atoll-02': ['cache-01', 'queue-01', 'worker-07', 'worker-08', 'worker-09', 'worker-10'],
  'atoll-03': ['dns-01', 'proxy-01'],
};

test.beforeAll(async () => {
  launched = await launch(profile, ['--demo']);
  roster = new Roster(launched.window);
  shell = new Shell(launched.window);
  await shell.skipTour();
});

test.afterAll(async () => {
  await launched.close();
  remove();
});

async function controlsOf(name: string): Promise<Controls> {
  await roster.select(name);
  return new Controls(await shell.show(`Controls: ${name}`));
}

/** Goes ahead in main's window with what an action asks for. */
async function agree(action: () => Promise<void>, title: string, verb: string): Promise<void> {
  const confirmation = await confirmationAfter(launched, action);
  expect(confirmation.url()).toBe('app://archipel/confirm.html');
  await expect(confirmation.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await answered(confirmation, () =>
    confirmation.getByRole('button', { name: verb, exact: true }).click(),
  );
}

test('shows four hypervisors in two sites with twenty machines below them', async () => {
  const machines = Object.values(FLEET).flat();
  await launched.window.setViewportSize({ width: 1280, height: 1200 });
  const people = ['auditor', 'helpdesk', 'operator'];
  // A machine's host is known as soon as its presence has come.
  await expect.poll(() => roster.names(3)).toEqual(machines);
  expect(await roster.names(2)).toEqual([...Object.keys(FLEET), ...people]);
  await expect(shell.connection).toContainText('Connected');
});

test('starts a machine from the controls and forces it off once main has asked', async () => {
  const controls = await controlsOf('template-debian-12');
  await roster.expectState('template-debian-12', 'off');
  await expect(controls.button('Force off')).toHaveAttribute('aria-disabled', 'true');
  await controls.button('Start').click();
  await roster.expectState('template-debian-12', 'running');
  await expect(controls.button('Start')).toHaveAccessibleDescription(
    'Not possible while it is running.',
  );
  await agree(
    async () => controls.button('Force off').click(),
    'Force off template-debian-12?',
    'Force off',
  );
  await roster.expectState('template-debian-12', 'off');
});

test('leaves a machine alone when main is told no', async () => {
  const controls = await controlsOf('mail');
  const confirmation = await confirmationAfter(launched, async () =>
    controls.button('Force off').click(),
  );
  await answered(confirmation, () => confirmation.keyboard.press('Escape'));
  await roster.expectState('mail', 'running');
  await expect(controls.button('Shut down')).not.toHaveAttribute('aria-disabled', 'true');
});

test('shuts a machine down without asking, for that can be undone', async () => {
  const controls = await controlsOf('vpn-gateway');
  await controls.button('Shut down').click();
  await roster.expectState('vpn-gateway', 'off');
  await controls.button('Start').click();
  await roster.expectState('vpn-gateway', 'running');
});

test('gives a command to a selection and tells the result of each', async () => {
  await roster.select('web-01');
  await roster.selectToo('web-02');
  await roster.selectToo('template-debian-12');
  await roster.chooseFromMenu('web-01', 'Pause');
  await roster.expectState('web-01', 'paused');
  await roster.expectState('web-02', 'paused');
  await shell.run('What has been done');
  const dialog = shell.dialog('What has been done');
  const items = dialog.getByRole('list', { name: 'Results' }).first().getByRole('listitem');
  await expect(items).toHaveCount(2);
  await expect(items).toContainText(['done', 'done']);
  await launched.window.keyboard.press('Escape');
  await roster.chooseFromMenu('web-01', 'Resume');
  await roster.expectState('web-02', 'running');
});

test('asks before a command goes to more than ten', async () => {
  await roster.filter.fill('running');
  await roster.tree.focus();
  await launched.window.keyboard.press('ControlOrMeta+a');
  await expect(launched.window.getByText(/^1\d selected$/u)).toBeVisible();
  const confirmation = await confirmationAfter(launched, () => shell.run('Pause'));
  await expect(confirmation.getByText(/^This is done to all 1\d of them\.$/u)).toBeVisible();
  await answered(confirmation, () => confirmation.getByRole('button', { name: 'Cancel' }).click());
  await roster.filter.fill('');
});

test('finds by name, by tag and by state, and says when nothing matches', async () => {
  await roster.filter.fill('db-');
  await expect(roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(2);
  await roster.filter.fill('#web');
  await expect(roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(3);
  await roster.filter.fill('no such thing');
  await expect(launched.window.getByText('Nothing matches.')).toBeVisible();
  await launched.window.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(roster.item('web-01')).toBeVisible();
});

test('shows the same entities by host and by group', async () => {
  await shell.run('Arrange by host or by group');
  await expect(roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(0);
  const below = Object.entries(FLEET).flatMap(([host, machines]) => [host, ...machines]);
  const shown = await roster.names(2);
  expect(new Set(shown.filter((name) => below.includes(name)))).toEqual(new Set(below));
  await shell.run('Arrange by host or by group');
  await expect(roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(20);
});

test('goes to an entity and to a command by the keyboard alone', async () => {
  const { keyboard } = launched.window;
  await keyboard.press('ControlOrMeta+k');
  await expect(shell.palette).toBeVisible();
  await keyboard.type('dns-01');
  await keyboard.press('Enter');
  await expect(roster.item('dns-01')).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('ControlOrMeta+f');
  await keyboard.type('template');
  await keyboard.press('Enter');
  await expect(roster.item('template-debian-12')).toHaveAttribute('aria-selected', 'true');
  await expect(roster.tree).toBeFocused();
  await keyboard.press('ControlOrMeta+k');
  await keyboard.type('start');
  await expect(shell.palette.getByRole('option', { selected: true })).toHaveAccessibleName(
    /^Start/u,
  );
  await keyboard.press('Enter');
  await roster.expectState('template-debian-12', 'running');
  await keyboard.press('ControlOrMeta+f');
  await keyboard.type('web-02');
  await keyboard.press('ArrowDown');
  await expect(roster.item('web-02')).toHaveAttribute('aria-selected', 'true');
  await expect(roster.tree).toBeFocused();
  await keyboard.press('ControlOrMeta+f');
  await keyboard.press('Backspace');
  await keyboard.press('ArrowDown');
  await expect(roster.tree).toBeFocused();
});

test('changes its look by the settings and keeps it', async () => {
  await shell.run('Settings');
  const settings = shell.dialog('Settings');
  const html = launched.window.locator('html');
  for (const [choice, theme] of [
    ['Dark', 'dark'],
    ['Light', 'light'],
  ]) {
    await settings.getByRole('combobox', { name: 'Theme' }).click();
    await launched.window.getByRole('option', { name: choice!, exact: true }).click();
    await expect(html).toHaveAttribute('data-theme', theme!);
  }
  await launched.window.keyboard.press('Escape');
});
