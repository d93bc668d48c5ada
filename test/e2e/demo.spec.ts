import { expect, test } from '@playwright/test';
import { Controls } from './pages/controls.ts';
import { deskOnDemo } from './support/desk.ts';
import { answered, confirmationAfter } from './support/launch.ts';

const desk = deskOnDemo();

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

async function controlsOf(name: string): Promise<Controls> {
  await desk.roster.select(name);
  return new Controls(await desk.shell.show(`Controls: ${name}`));
}

/** Goes ahead in main's window with what an action asks for. */
async function agree(action: () => Promise<void>, title: string, verb: string): Promise<void> {
  const confirmation = await confirmationAfter(desk.launched, action);
  expect(confirmation.url()).toBe('app://archipel/confirm.html');
  await expect(confirmation.getByRole('heading', { level: 1, name: title })).toBeVisible();
  await answered(confirmation, () =>
    confirmation.getByRole('button', { name: verb, exact: true }).click(),
  );
}

test('shows four hypervisors in two sites with twenty machines below them', async () => {
  const machines = Object.values(FLEET).flat();
  await desk.window.setViewportSize({ width: 1280, height: 1200 });
  const people = ['auditor', 'helpdesk', 'operator'];
  // A machine's host is known as soon as its presence has come.
  await expect.poll(() => desk.roster.names(3)).toEqual(machines);
  expect(await desk.roster.names(2)).toEqual([...Object.keys(FLEET), 'Central agent', ...people]);
  await expect(desk.shell.connection).toContainText('Connected');
});

test('shows what a filter finds from its first row on, and then what is chosen', async () => {
  const drawn = desk.roster.tree.getByRole('treeitem');
  const before = await drawn.count();
  await desk.window.setViewportSize({ width: 1280, height: 400 });
  // Fewer rows are drawn once the tree knows how low it is now.
  await expect.poll(() => drawn.count()).toBeLessThan(before);
  await desk.roster.tree.press('End');
  const last = desk.roster.item('operator');
  await expect(last).toHaveAttribute('aria-selected', 'true');
  await desk.roster.filter.fill('-');
  await expect(desk.roster.item('Lyon')).toBeInViewport();
  await desk.roster.filter.fill('');
  await expect(last).toBeInViewport();
  await expect(last).toHaveAttribute('aria-selected', 'true');
  await desk.window.setViewportSize({ width: 1280, height: 1200 });
});

test('starts a machine from the controls and forces it off once main has asked', async () => {
  const controls = await controlsOf('template-debian-12');
  await desk.roster.expectState('template-debian-12', 'off');
  await expect(controls.button('Force off')).toHaveAttribute('aria-disabled', 'true');
  await controls.button('Start').click();
  await desk.roster.expectState('template-debian-12', 'running');
  await expect(controls.button('Start')).toHaveAccessibleDescription(
    'Not possible while it is running.',
  );
  await agree(
    async () => controls.button('Force off').click(),
    'Force off template-debian-12?',
    'Force off',
  );
  await desk.roster.expectState('template-debian-12', 'off');
});

test('leaves a machine alone when main is told no', async () => {
  const controls = await controlsOf('mail');
  const confirmation = await confirmationAfter(desk.launched, async () =>
    controls.button('Force off').click(),
  );
  await answered(confirmation, () => confirmation.keyboard.press('Escape'));
  await desk.roster.expectState('mail', 'running');
  await expect(controls.button('Shut down')).not.toHaveAttribute('aria-disabled', 'true');
});

test('shuts a machine down without asking, for that can be undone', async () => {
  const controls = await controlsOf('vpn-gateway');
  await controls.button('Shut down').click();
  await desk.roster.expectState('vpn-gateway', 'off');
  await controls.button('Start').click();
  await desk.roster.expectState('vpn-gateway', 'running');
});

test('gives a command to a selection and tells the result of each', async () => {
  await desk.roster.select('web-01');
  await desk.roster.selectToo('web-02');
  await desk.roster.selectToo('template-debian-12');
  await desk.roster.chooseFromMenu('web-01', 'Pause');
  await desk.roster.expectState('web-01', 'paused');
  await desk.roster.expectState('web-02', 'paused');
  await desk.shell.run('What has been done');
  const dialog = desk.shell.dialog('What has been done');
  const items = dialog.getByRole('list', { name: 'Results' }).first().getByRole('listitem');
  await expect(items).toHaveCount(2);
  await expect(items).toContainText(['done', 'done']);
  await desk.window.keyboard.press('Escape');
  await desk.roster.chooseFromMenu('web-01', 'Resume');
  await desk.roster.expectState('web-02', 'running');
});

test('asks before a command goes to more than ten', async () => {
  await desk.roster.filter.fill('running');
  await desk.roster.tree.focus();
  await desk.window.keyboard.press('ControlOrMeta+a');
  await expect(desk.window.getByText(/^1\d selected$/u)).toBeVisible();
  const confirmation = await confirmationAfter(desk.launched, () => desk.shell.run('Pause'));
  await expect(confirmation.getByText(/^This is done to all 1\d of them\.$/u)).toBeVisible();
  await answered(confirmation, () => confirmation.getByRole('button', { name: 'Cancel' }).click());
  await desk.roster.filter.fill('');
});

test('finds by name, by tag and by state, and says when nothing matches', async () => {
  await desk.roster.filter.fill('db-');
  await expect(desk.roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(2);
  await desk.roster.filter.fill('#web');
  await expect(desk.roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(3);
  await desk.roster.filter.fill('no such thing');
  await expect(desk.window.getByText('Nothing matches.')).toBeVisible();
  await desk.window.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(desk.roster.item('web-01')).toBeVisible();
});

test('shows the same entities by host and by group', async () => {
  await desk.shell.run('Arrange by host or by group');
  await expect(desk.roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(0);
  const below = Object.entries(FLEET).flatMap(([host, machines]) => [host, ...machines]);
  const shown = await desk.roster.names(2);
  expect(new Set(shown.filter((name) => below.includes(name)))).toEqual(new Set(below));
  await desk.shell.run('Arrange by host or by group');
  await expect(desk.roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(20);
});

test('goes to an entity and to a command by the keyboard alone', async () => {
  const { keyboard } = desk.window;
  await keyboard.press('ControlOrMeta+k');
  await expect(desk.shell.palette).toBeVisible();
  await keyboard.type('dns-01');
  await keyboard.press('Enter');
  await expect(desk.roster.item('dns-01')).toHaveAttribute('aria-selected', 'true');
  await keyboard.press('ControlOrMeta+f');
  await keyboard.type('template');
  await keyboard.press('Enter');
  await expect(desk.roster.item('template-debian-12')).toHaveAttribute('aria-selected', 'true');
  await expect(desk.roster.tree).toBeFocused();
  await keyboard.press('ControlOrMeta+k');
  await keyboard.type('start');
  await expect(desk.shell.palette.getByRole('option', { selected: true })).toHaveAccessibleName(
    /^Start/u,
  );
  await keyboard.press('Enter');
  await desk.roster.expectState('template-debian-12', 'running');
  await keyboard.press('ControlOrMeta+f');
  await keyboard.type('web-02');
  await keyboard.press('ArrowDown');
  await expect(desk.roster.item('web-02')).toHaveAttribute('aria-selected', 'true');
  await expect(desk.roster.tree).toBeFocused();
  await keyboard.press('ControlOrMeta+f');
  await keyboard.press('Backspace');
  await keyboard.press('ArrowDown');
  await expect(desk.roster.tree).toBeFocused();
});

test('changes its look by the settings and keeps it', async () => {
  await desk.shell.run('Settings');
  const settings = desk.shell.dialog('Settings');
  const html = desk.window.locator('html');
  for (const [choice, theme] of [
    ['Dark', 'dark'],
    ['Light', 'light'],
  ]) {
    await settings.getByRole('combobox', { name: 'Theme' }).click();
    await desk.window.getByRole('option', { name: choice!, exact: true }).click();
    await expect(html).toHaveAttribute('data-theme', theme!);
  }
  await desk.window.keyboard.press('Escape');
});
