import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Roster } from './pages/roster.ts';
import { Shell } from './pages/shell.ts';
import { complaintsOfAxe } from './support/axe.ts';
import { launch, newProfile, type LaunchedApp } from './support/launch.ts';

const { profile, remove } = newProfile();
let launched: LaunchedApp;
let roster: Roster;
let shell: Shell;

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

/** The figure of one graph in the panel of an entity. */
async function graphOf(name: string, graph: string) {
  await roster.select(name);
  const panel = await shell.show(`Health: ${name}`);
  return panel.getByRole('figure', { name: graph, exact: true });
}

/** How many pixels of a graph are not as the most frequent one. */
async function inkOf(bytes: Buffer): Promise<number> {
  return launched.window.evaluate(async (data) => {
    const response = await createImageBitmap(
      new Blob([Uint8Array.from(atob(data), (one) => one.charCodeAt(0))], { type: 'image/png' }),
    );
    const canvas = new OffscreenCanvas(response.width, response.height);
    const context = canvas.getContext('2d');
    if (!context) return 0;
    context.drawImage(response, 0, 0);
    const pixels = new Uint32Array(
      context.getImageData(0, 0, response.width, response.height).data.buffer,
    );
    const counts = new Map<number, number>();
    for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
    return pixels.length - Math.max(...counts.values());
  }, bytes.toString('base64'));
}

test('the graphs of a hypervisor move, and say in words what they show', async () => {
  const graph = await graphOf('atoll-01', 'Processors');
  const summary = graph.getByText(/^Processors: Busy now /);
  await expect(summary).toHaveCount(1);
  const first = await summary.textContent();
  await expect(summary).not.toHaveText(first ?? '', { timeout: 20_000 });
  for (const other of ['Memory', 'Load', 'Network', 'Disks', 'Partitions']) {
    const figure = await graphOf('atoll-01', other);
    await expect(figure).toBeVisible();
  }
  const picture = await graph.getByRole('slider').screenshot();
  expect(await inkOf(picture)).toBeGreaterThan(300);
});

test('a machine has graphs of its own, from the samples of its hypervisor', async () => {
  const graph = await graphOf('db-primary', 'Disk traffic');
  await expect(graph.getByText(/^Disk traffic: Read now /)).toHaveCount(1);
});

test('time is zoomed, moved and pointed at by keys, and the moment is shared', async () => {
  const graph = await graphOf('atoll-01', 'Processors');
  const plot = graph.getByRole('slider');
  const valueOf = async (name: string) => Number(await plot.getAttribute(name));
  const length = async () => (await valueOf('aria-valuemax')) - (await valueOf('aria-valuemin'));
  const before = await length();
  await plot.focus();
  await plot.press('+');
  await expect.poll(length).toBeLessThan(before * 0.9);
  await plot.press('ArrowLeft');
  const live = shell.panel('Health: atoll-01').getByRole('button', { name: 'Follow now' });
  await expect(live).toHaveAttribute('aria-pressed', 'false');
  await plot.press('Shift+ArrowLeft');
  const moment = await plot.getAttribute('aria-valuetext');
  const memory = await graphOf('atoll-01', 'Memory');
  await expect(memory.getByRole('slider')).toHaveAttribute('aria-valuetext', moment ?? '');
  await plot.press('End');
  await expect(live).toHaveAttribute('aria-pressed', 'true');
});

test('the values of a graph are saved as they are', async () => {
  const graph = await graphOf('atoll-01', 'Memory');
  await expect(graph.getByText(/^Memory: Used now /)).toHaveCount(1);
  const file = path.join(profile, 'memory.csv');
  await launched.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await graph.getByRole('button', { name: 'Save memory as CSV' }).click();
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('Time (UTC),Used');
  const [head = '', ...lines] = (await readFile(file, 'utf8')).trim().split('\r\n');
  expect(head).toBe('Time (UTC),Used,Shared (KSM),Swapped');
  for (const line of lines) {
    const [time = '', used = ''] = line.split(',');
    expect(new Date(time).toISOString()).toBe(time);
    expect(Number(used)).toBeGreaterThan(2 ** 30);
  }
});

test('what several machines do is compared in one graph', async () => {
  await roster.select('web-01');
  await roster.selectToo('web-02');
  const panel = await shell.show('Health: 2 entities');
  const graph = panel.getByRole('figure', { name: 'Processors', exact: true });
  await expect(graph.getByText(/web-01: busy now .*web-02: busy now /)).toHaveCount(1);
});

test('nothing in the panel is out of reach of assistive tools', async () => {
  await graphOf('atoll-01', 'Processors');
  const panel = shell.panel('Health: atoll-01');
  await panel.getByRole('button', { name: 'As tables' }).click();
  await expect(panel.getByRole('table', { name: 'Processors' })).toBeVisible();
  expect(await complaintsOfAxe(launched.window)).toEqual([]);
});
