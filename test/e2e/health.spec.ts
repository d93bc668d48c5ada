import { expect, test } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { complaintsOfAxe } from './support/axe.ts';
import { deskOnDemo } from './support/desk.ts';

const desk = deskOnDemo();

/** When the log-in was over, milliseconds since 1970. */
let connectedAt = 0;

test.beforeAll(() => {
  connectedAt = Date.now();
});

/** The figure of one graph in the panel of an entity. */
async function graphOf(name: string, graph: string) {
  await desk.roster.select(name);
  const panel = await desk.shell.show(`Health: ${name}`);
  return panel.getByRole('figure', { name: graph, exact: true });
}

/** How many pixels of a graph are not as the most frequent one. */
async function inkOf(bytes: Buffer): Promise<number> {
  return desk.window.evaluate(async (data) => {
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
  const live = desk.shell.panel('Health: atoll-01').getByRole('button', { name: 'Follow now' });
  await expect(live).toHaveAttribute('aria-pressed', 'false');
  await plot.press('Shift+ArrowLeft');
  const moment = await plot.getAttribute('aria-valuetext');
  const memory = await graphOf('atoll-01', 'Memory');
  await expect(memory.getByRole('slider')).toHaveAttribute('aria-valuetext', moment ?? '');
  await plot.press('End');
  await expect(live).toHaveAttribute('aria-pressed', 'true');
});

test('a moment that is clicked is that of all panels, until it is forgotten', async () => {
  const graph = await graphOf('atoll-01', 'Processors');
  const plot = graph.getByRole('slider');
  await plot.click({ position: { x: 200, y: 60 } });
  const shared = desk.window.getByRole('button', { name: /^Time \d\d:\d\d:\d\d/u });
  await expect(shared).toBeVisible();
  const moment = (await plot.getAttribute('aria-valuetext')) ?? '';
  await desk.window.mouse.move(5, 5);
  await expect(plot).toHaveAttribute('aria-valuetext', moment);
  const other = await graphOf('atoll-02', 'Memory');
  await expect(other.getByRole('slider')).toHaveAttribute('aria-valuetext', moment);
  await desk.shell.run('Forget the shared moment');
  await expect(shared).toHaveCount(0);
  await expect(other.getByRole('slider')).not.toHaveAttribute('aria-valuetext', moment);
});

test('the values of a graph are saved as they are', async () => {
  const graph = await graphOf('atoll-01', 'Memory');
  await expect(graph.getByText(/^Memory: Used now /)).toHaveCount(1);
  const file = path.join(desk.profile, 'memory.csv');
  await desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await graph.getByRole('button', { name: 'Save memory as CSV' }).click();
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('Time (UTC),Used');
  const [head = '', ...lines] = (await readFile(file, 'utf8')).trim().split('\r\n');
  const names = [...head.matchAll(/"([^"]*)"|([^,]+)/gu)].map(
    ([, quoted, plain]) => quoted ?? plain,
  );
  const means = names.filter((name) => !/, (?:lowest|highest)$/u.test(name ?? ''));
  expect(means).toEqual(['Time (UTC)', 'Used', 'Shared (KSM)', 'Swapped']);
  for (const line of lines) {
    const [time = '', used = ''] = line.split(',');
    expect(new Date(time).toISOString()).toBe(time);
    expect(Number(used)).toBeGreaterThan(2 ** 30);
  }
});

test('what several machines do is compared in one graph', async () => {
  await desk.roster.select('web-01');
  await desk.roster.selectToo('web-02');
  const panel = await desk.shell.show('Health: 2 entities');
  const graph = panel.getByRole('figure', { name: 'Processors', exact: true });
  await expect(graph.getByText(/web-01: busy now .*web-02: busy now /)).toHaveCount(1);
});

test('the legend of many is folded, so that it is no higher than the graph', async () => {
  await desk.roster.select('web-01');
  const others = ['web-02', 'git', 'mail', 'db-primary', 'db-replica', 'cache-01', 'queue-01'];
  for (const machine of [...others, 'worker-08']) await desk.roster.selectToo(machine);
  const panel = await desk.shell.show('Health: 9 entities');
  const graph = panel.getByRole('figure', { name: 'Processors', exact: true });
  const named = graph.getByRole('listitem').filter({ hasText: 'busy' });
  await expect(named).toHaveCount(6);
  await graph.getByRole('button', { name: '3 more' }).click();
  await expect(named).toHaveCount(9);
  await graph.getByRole('button', { name: '3 more' }).click();
  await expect(named).toHaveCount(6);
});

test('nothing in the panel is out of reach of assistive tools', async () => {
  await graphOf('atoll-01', 'Processors');
  const panel = desk.shell.panel('Health: atoll-01');
  await panel.getByRole('button', { name: 'As tables' }).click();
  await expect(panel.getByRole('table', { name: 'Processors' })).toBeVisible();
  expect(await complaintsOfAxe(desk.window)).toEqual([]);
});

test('graphs do what commands of the palette say', async () => {
  await graphOf('atoll-01', 'Processors');
  const panel = desk.shell.panel('Health: atoll-01');
  const range = panel.getByRole('combobox', { name: 'Stretch of time' });
  await desk.shell.run('Graphs: last 3 hours');
  await expect(range).toHaveText('Last 3 hours');
  const live = panel.getByRole('button', { name: 'Follow now' });
  await desk.shell.run('Graphs: go to earlier');
  await expect(live).toHaveAttribute('aria-pressed', 'false');
  await desk.shell.run('Graphs: follow now, or stand still');
  await expect(live).toHaveAttribute('aria-pressed', 'true');
  const file = path.join(desk.profile, 'load.png');
  await desk.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await desk.shell.run('Save load as PNG');
  const magic = async () => (await readFile(file).catch(() => Buffer.of())).subarray(1, 4);
  await expect.poll(async () => (await magic()).toString('latin1')).toBe('PNG');
  await desk.shell.run('Graphs: last 5 minutes');
});

test('a moment that is pointed at elsewhere is brought into sight', async () => {
  await graphOf('atoll-01', 'Processors');
  const panel = desk.shell.panel('Health: atoll-01');
  const live = panel.getByRole('button', { name: 'Follow now' });
  const plot = panel.getByRole('slider', { name: /^Processors/u });
  // So close that the log-in is out of sight, once the shortest time in sight has passed.
  for (let step = 0; step < 15; step += 1) await plot.press('+');
  const seenFrom = async () => Number(await plot.getAttribute('aria-valuemin'));
  await expect.poll(seenFrom, { timeout: 20_000 }).toBeGreaterThan(connectedAt);
  await expect(live).toHaveAttribute('aria-pressed', 'true');
  await desk.shell.run('Stanzas');
  const stanzas = desk.shell.panel('Stanzas: all accounts').getByRole('listbox');
  await stanzas.press('Home');
  await desk.shell.show('Health: atoll-01');
  await expect(live).toHaveAttribute('aria-pressed', 'false');
  await live.click();
  await expect(live).toHaveAttribute('aria-pressed', 'true');
  await desk.shell.run('Forget the shared moment');
  await desk.shell.run('Graphs: last 5 minutes');
});

test('the overview shows what a hypervisor pushes, and not what it answered once', async () => {
  await desk.roster.select('atoll-01');
  const panel = await desk.shell.show('Overview: atoll-01');
  const load = panel.getByText(/^[\d.]+, [\d.]+, [\d.]+$/u);
  await expect(load).toBeVisible();
  const answered = (await load.textContent()) ?? '';
  await expect(load).not.toHaveText(answered, { timeout: 60_000 });
});

test('24 graphs leave no worker and no canvas behind once they are closed', async () => {
  const { window } = desk;
  await desk.roster.select('atoll-01');
  await desk.shell.show('Overview: atoll-01');
  const left = async () => [window.workers().length, await window.locator('canvas').count()];
  const before = await left();
  const machines = ['web-01', 'web-02', 'db-primary', 'db-replica', 'git', 'mail', 'cache-01'];
  for (const [at, machine] of machines.slice(1).entries()) {
    await desk.roster.select(machines[at] ?? '');
    await desk.roster.selectToo(machine);
    await desk.shell.run('Health');
    const panel = desk.shell.panel('Health: 2 entities').filter({ visible: true });
    await expect(panel.getByRole('figure')).toHaveCount(4);
  }
  await desk.roster.select('atoll-01');
  const tabs = desk.shell.tab('Health: 2 entities');
  await expect(tabs).toHaveCount(6);
  expect(window.workers().length).toBe((before[0] ?? 0) + 6);
  for (let open = 5; open >= 0; open -= 1) {
    await tabs.first().click();
    await desk.shell.run('Close panel');
    await expect(tabs).toHaveCount(open);
  }
  await desk.shell.show('Overview: atoll-01');
  await expect.poll(left).toEqual(before);
});
