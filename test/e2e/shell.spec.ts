import { expect, test, type Locator } from '@playwright/test';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnDemo } from './support/desk.ts';

const desk = deskOnDemo(({ roster }) =>
  expect(roster.item('web-01')).toBeVisible({ timeout: 30_000 }),
);

test.describe.configure({ mode: 'serial' });

/** An item of the menu behind the name of the app. */
async function menuItem(role: 'menuitem' | 'menuitemcheckbox' | 'menuitemradio', name: string) {
  await desk.window.getByRole('button', { name: 'Archipel menu' }).click();
  return desk.window.getByRole(role, { name, exact: true });
}

async function expectChecked(item: Locator, checked: boolean): Promise<void> {
  await expect(item).toHaveAttribute('aria-checked', String(checked));
}

test('gives the keyboard to the roster when the tour is over', async () => {
  await desk.shell.skipTour();
  await expect(desk.roster.tree).toBeFocused();
  await expect(desk.roster.tree.locator('[aria-selected=true]')).toHaveCount(0);
});

test('marks in its menu what holds, and changes it', async () => {
  const byGroup = await menuItem('menuitemradio', 'Roster by group');
  await expectChecked(byGroup, false);
  await byGroup.click();
  await expect(desk.roster.tree.getByRole('treeitem', { level: 3 })).toHaveCount(0);
  await expectChecked(await menuItem('menuitemradio', 'Roster by group'), true);
  expect(await complaintsOfAxe(desk.window)).toEqual([]);
  await desk.window.getByRole('menuitemradio', { name: 'Roster by host' }).click();
  const hiding = await menuItem('menuitemcheckbox', 'Hide what is offline');
  await expectChecked(hiding, false);
  await hiding.click();
  await expectChecked(await menuItem('menuitemcheckbox', 'Hide what is offline'), true);
  await desk.window.getByRole('menuitemcheckbox', { name: 'Hide what is offline' }).click();
  const native = await desk.app.evaluate(({ Menu }) => {
    const view = Menu.getApplicationMenu()?.items.find(({ label }) => label === 'View');
    return view?.submenu?.items.filter(({ checked }) => checked).map(({ label }) => label);
  });
  expect(native).toEqual(['Roster by host', 'Theme of the system']);
});

test('says whom of a selection a command was not given to', async () => {
  await desk.roster.select('template-debian-12');
  await desk.roster.selectToo('mail');
  await desk.roster.selectToo('git');
  await desk.roster.chooseFromMenu('mail', 'Pause');
  await expect(desk.window.getByText('Pause: 1 of 3 left out.').first()).toBeVisible();
  await desk.shell.run('What has been done');
  const dialog = desk.shell.dialog('What has been done');
  await expect(dialog.getByText('2 done, 1 left out').first()).toBeVisible();
  const left = dialog.getByRole('list', { name: 'Not given to' }).first();
  await expect(left).toContainText('Not possible while it is off.');
  await expect(left).toContainText('template-debian-12');
  expect(await complaintsOfAxe(desk.window)).toEqual([]);
  await desk.window.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await desk.roster.chooseFromMenu('mail', 'Resume');
  await desk.roster.expectState('mail', 'running');
});

test('moves a tab by the keyboard, which stays on it', async () => {
  await desk.roster.select('mail');
  const tabs = desk.window.getByRole('tablist').first().getByRole('tab');
  await desk.shell.tab('Overview: mail').click();
  await expect(tabs.nth(1)).toHaveAccessibleName('Overview: mail');
  await desk.shell.tab('Overview: mail').focus();
  await desk.window.keyboard.press('Control+Shift+PageDown');
  await expect(tabs.nth(2)).toHaveAccessibleName('Overview: mail');
  await expect(desk.shell.tab('Overview: mail')).toBeFocused();
  await desk.shell.run('Move tab left');
  await expect(tabs.nth(1)).toHaveAccessibleName('Overview: mail');
  await desk.shell.run('Keyboard shortcuts');
  const list = desk.shell.dialog('Keyboard shortcuts').getByRole('list', { name: 'Anywhere' });
  await expect(list).toContainText('Move tab right');
  await desk.window.keyboard.press('Escape');
});

test('has the tab in front whole in sight, beside the button for those that are not', async () => {
  const strip = desk.window.getByRole('tablist').first();
  /** In pixels, of which a part may be cut at the end of the strip. */
  const outOfSight = async (): Promise<number> => {
    const [all, one] = await Promise.all([
      strip.boundingBox(),
      strip.getByRole('tab', { selected: true }).boundingBox(),
    ]);
    if (!all || !one) return Infinity;
    return Math.max(all.x - one.x, one.x + one.width - all.x - all.width);
  };
  await desk.window.setViewportSize({ width: 1280, height: 800 });
  await desk.roster.select('web-01');
  // The one that leaves too little room for all: the button comes with it.
  await desk.roster.chooseFromMenu('web-01', 'Text console');
  await expect(desk.window.locator('.dv-tabs-overflow-dropdown-default')).toBeVisible();
  await expect.poll(outOfSight).toBeLessThan(1);
  await desk.window.setViewportSize({ width: 1000, height: 800 });
  await expect.poll(outOfSight).toBeLessThan(1);
  for (let turn = await strip.getByRole('tab').count(); turn > 0; turn -= 1) {
    await desk.window.keyboard.press('Control+PageUp');
    await expect.poll(outOfSight).toBeLessThan(1);
  }
  await desk.window.setViewportSize({ width: 1280, height: 800 });
  await desk.shell.tab('Text console: web-01').press('Delete');
});

test('has room for the controls of a machine in a narrow panel', async () => {
  await desk.roster.select('mail');
  const panel = await desk.shell.show('Controls: mail');
  const reboot = panel.getByRole('button', { name: 'Reboot' });
  await expect(reboot).toBeVisible();
  for (const width of [800, 640, 560, 500]) {
    await desk.window.setViewportSize({ width, height: 800 });
    const hidden = () =>
      panel.locator('.body').evaluate((body) => {
        const { right } = body.getBoundingClientRect();
        const buttons = [...body.querySelectorAll('button, .value')];
        const cut = buttons.filter((one) => one.getBoundingClientRect().right > right);
        return [body.scrollWidth - body.clientWidth, cut.length];
      });
    await expect.poll(hidden).toEqual([0, 0]);
  }
  await desk.window.setViewportSize({ width: 1280, height: 800 });
});

test('shows the address of the documentation, whatever the browser does', async () => {
  await desk.app.evaluate(({ shell: system }) => {
    system.openExternal = () => Promise.reject(new Error('no browser'));
  });
  await desk.shell.run('Documentation');
  const dialog = desk.shell.dialog('Documentation');
  await expect(dialog.getByText('No browser could be started.')).toBeVisible();
  const address = await dialog.locator('.address').innerText();
  await dialog.getByRole('button', { name: 'Copy address' }).click();
  const copied = () => desk.app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toBe(address);
  await desk.window.keyboard.press('Escape');
});

test('leads on from a machine that is not defined', async () => {
  await desk.roster.chooseFromMenu('lagoon', 'New virtual machine…');
  const form = desk.shell.dialog('New virtual machine');
  await form.getByRole('textbox', { name: 'Name' }).fill('fresh-01');
  await desk.window.keyboard.press('Enter');
  await desk.roster.expectState('fresh-01', 'not defined', 20_000);
  await desk.roster.select('fresh-01');
  const panel = await desk.shell.show('Controls: fresh-01');
  await panel.getByRole('button', { name: 'Copy command' }).click();
  const copied = () => desk.app.evaluate(({ clipboard }) => clipboard.readText());
  await expect.poll(copied).toMatch(/^archipel call [0-9a-f-]{36}@\S+ definition\.define domain=/u);
});

test('takes the icon out of the tray and goes on', async () => {
  await desk.shell.run('Settings');
  const tray = desk.shell.dialog('Settings').getByRole('switch', { name: /system tray/u });
  await expect(tray).toBeChecked();
  await tray.click();
  await expect(tray).not.toBeChecked();
  await tray.click();
  await expect(tray).toBeChecked();
  await desk.window.keyboard.press('Escape');
  await expect(desk.shell.dialog('Settings')).toBeHidden();
});
