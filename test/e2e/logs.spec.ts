import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Logs } from './pages/logs.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnDemo } from './support/desk.ts';

const desk = deskOnDemo();

async function logOf(name: string): Promise<Logs> {
  await desk.roster.select(name);
  await desk.shell.run('Show its log');
  const panel = await desk.shell.show(`Logs: ${name}`);
  const logs = new Logs(desk.window, panel);
  await expect(logs.line(/./u).first()).toBeVisible();
  return logs;
}

test('filters, highlights, holds and exports the log of a hypervisor', async () => {
  const { app, window } = desk;
  const logs = await logOf('atoll-01');
  const all = await logs.shown();
  expect(all).toBeGreaterThan(5);
  await window.screenshot({ path: 'out/e2e/logs-open.png' });

  await logs.filter.fill('module');
  await expect(logs.count).toHaveText(/of/u);
  expect(await logs.shown()).toBeLessThan(all);
  await expect(logs.lines.locator('mark').first()).toHaveText(/module/iu);

  // A word stays highlighted when the filter is something else.
  await logs.filter.press('Enter');
  await expect(logs.button('Highlighted: module')).toBeVisible();
  await expect(logs.filter).toHaveValue('');
  await expect(logs.count).not.toHaveText(/of/u);
  await logs.button('Previous highlighted line').click();
  const chosen = logs.lines.getByRole('option', { selected: true });
  await expect(chosen).toContainText(/module/iu);
  await expect(chosen).toHaveAttribute('aria-current', 'time');
  const detail = logs.panel.getByRole('complementary', { name: 'The chosen line' });
  await expect(detail).toContainText(/atoll-01/u);
  await expect(detail).toContainText(/module/iu);
  const bookmark = detail.getByRole('button', { name: 'Bookmark this line, or forget it' });
  await bookmark.click();
  await expect(bookmark).toHaveAttribute('aria-pressed', 'true');
  await window.screenshot({ path: 'out/e2e/logs-highlight.png' });

  await expect(logs.button('Follow')).toBeVisible();
  await desk.roster.select('web-01');
  await logs.button('Follow').click();
  await expect(logs.button('Pause')).toBeVisible();

  const file = path.join(desk.profile, 'exported.log');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await logs.filter.fill('module');
  await expect(logs.count).toHaveText(/of/u);
  const shown = await logs.shown();
  await logs.choose('Export the lines shown…');
  await expect(desk.shell.page.getByText(/^Wrote /u)).toBeVisible();
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\n');
  expect(lines).toHaveLength(shown);
  expect(lines.every((line) => /module/iu.test(line))).toBe(true);
});

test('has a menu for a line, by the mouse and by the keyboard', async () => {
  const { window } = desk;
  const logs = await logOf('atoll-01');
  const menu = window.getByRole('menu');
  // The part that wrote it has a column of its own, and is not told once more in the message.
  const line = logs.line(/MODULE.*vnc is loaded/u).first();
  await expect(line.getByText('vnc is loaded', { exact: true })).toBeVisible();
  await line
    .getByText('MODULE', { exact: true })
    .click({ button: 'right', position: { x: 8, y: 8 } });
  await menu.getByRole('menuitem', { name: 'Highlight “MODULE”' }).click();
  await expect(menu).toBeHidden();
  await expect(line.locator('mark')).toHaveText('MODULE');
  await expect(line).toHaveAttribute('aria-selected', 'true');

  // Beside the text no word is pointed at: the part that wrote the line is offered.
  const { width = 0 } = (await line.boundingBox()) ?? {};
  await line.click({ button: 'right', position: { x: width - 12, y: 8 } });
  await expect(menu.getByRole('menuitem', { name: 'Highlight “MODULE”' })).toBeVisible();
  await window.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await window.keyboard.press('Shift+F10');
  await menu.getByRole('menuitem', { name: 'Copy the message' }).click();
  await expect(desk.shell.page.getByText('Copied 1 line.')).toBeVisible();
  const copied = await desk.app.evaluate(({ clipboard }) => clipboard.readText());
  expect(copied).toBe('MODULE vnc is loaded');
  await window.keyboard.press('ContextMenu');
  await menu.getByRole('menuitemcheckbox', { name: 'Bookmark' }).click();
  await window.keyboard.press('ContextMenu');
  await expect(menu.getByRole('menuitemcheckbox', { name: 'Bookmark' })).toBeChecked();
  const [from, at] = await Promise.all([line.boundingBox(), menu.boundingBox()]);
  expect(Math.abs((at?.y ?? 0) - (from?.y ?? 0))).toBeLessThan(60);
  expect(await complaintsOfAxe(window)).toEqual([]);
  await window.screenshot({ path: 'out/e2e/logs-menu.png' });
  await menu.getByRole('menuitem', { name: 'lines that name atoll-01' }).click();
  await expect(logs.filter).toHaveValue(/^atoll-01@/u);
  await expect(logs.count).toHaveText(/of/u);
  await logs.filter.fill('');
  const named = logs.line('web-01').first();
  await named.click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Show its log' }).click();
  await expect(desk.shell.panel('Logs: web-01')).toBeVisible();
});

test('says of an expression that is none, and of one that takes too long', async () => {
  const logs = await logOf('atoll-01');
  await logs.button('regex').click();
  await logs.filter.fill('(');
  await expect(logs.panel.getByText(/This is no regular expression/u)).toBeVisible();
  await logs.filter.fill('^(.+)+\\x00$');
  await expect(logs.panel.getByText(/takes too long/u)).toBeVisible();
  await logs.filter.fill('MODULE|AGENT');
  await expect(logs.line(/MODULE|AGENT/u).first()).toBeVisible();
  await logs.button('regex').click();
  await logs.filter.fill('');
});

test('shows of the log of a hypervisor what it says of one machine', async () => {
  await desk.roster.select('web-01');
  await desk.shell.run('Show its log');
  const logs = new Logs(desk.window, await desk.shell.show('Logs: web-01'));
  const only = logs.button('only web-01');
  await expect(only).toHaveAttribute('aria-pressed', 'true');
  await expect(logs.count).toHaveText(/ of /u);
  await only.click();
  await expect(only).toHaveAttribute('aria-pressed', 'false');
  await expect(logs.count).not.toHaveText(/ of /u);
});

test('merges the errors of all hypervisors', async () => {
  await desk.shell.run('Logs of all hypervisors');
  const logs = new Logs(desk.window, await desk.shell.show('Logs: all hypervisors'));
  await expect(logs.button('errors')).toHaveAttribute('aria-pressed', 'false');
  await expect(logs.line(/atoll-02/u).first()).toBeVisible();
  // A machine is called by its name, and not by the UUID of its JID.
  await expect(logs.line(/worker-07 stopped/u).getByTitle(/@archipel\.test$/u)).toHaveText(
    'worker-07',
  );
  await desk.window.screenshot({ path: 'out/e2e/logs-all.png' });
});
