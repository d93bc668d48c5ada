import type { Page } from '@playwright/test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Run } from './measuring/bench.ts';
import type { DesktopApp } from './measuring/desktop-app.ts';
import { onPlatform } from './measuring/on-platform.ts';
import type { Platform, PlatformSize } from './measuring/platform.ts';
import { memoryOfTree, processorTimeOfTree } from './measuring/process-tree.ts';
import { machineLines, runCommand } from './measuring/screen-panel.ts';

const SCREENS = 24;
/** Of which 24 run and more. */
const SIZE: PlatformSize = { hypervisors: 4, machines: 10, isScripted: false };
const WINDOW = { width: 2560, height: 1440 };
const MEASURED_MS = 10_000;
/** What everybody sees of a wall, in pictures a second. */
const SLOW_RATE = 2;
/** So often the screens change, in times a second: the chosen one, and the others. */
const CHANGES = { chosen: 20, others: 5 };
const WAIT_MS = 60_000;

async function openWall(page: Page): Promise<void> {
  await page.setViewportSize(WINDOW);
  await page.getByRole('searchbox').first().fill('running');
  const lines = machineLines(page);
  for (let at = 0; at < SCREENS; at += 1) {
    await lines.nth(at).click(at === 0 ? {} : { modifiers: ['ControlOrMeta'] });
  }
  await runCommand(page, 'Show as wall');
  const wall = page.getByRole('tabpanel', { name: /^Wall: / });
  await wall.waitFor();
  await page.waitForFunction(
    (wanted) => {
      const canvases = [...document.querySelectorAll<HTMLCanvasElement>('.tile .screen canvas')];
      const drawn = canvases.filter(({ width }) => width > 1);
      return drawn.length >= wanted;
    },
    SCREENS,
    { timeout: WAIT_MS },
  );
  await wall
    .getByRole('button', { name: /running/ })
    .first()
    .click();
}

/** Updates of each screen a second, while all of them change; the chosen one has the most. */
function updatesWhileChanging(page: Page): Promise<readonly number[]> {
  return page.evaluate(
    async ({ changes, measuredMs, screens }) => {
      const { consoles } = window.archipel;
      const first = new Map<string, { readonly updates: number; readonly at: number }>();
      const rates = new Map<string, number>();
      const strokes = [true, false].map((isDown) => ({ isDown, keysym: 0x6d, scancode: 0x32 }));
      const press = (key: string) => void consoles.press({ key, strokes });
      const chosen = (): string | undefined =>
        [...rates].sort(([, one], [, other]) => other - one)[0]?.[0];
      const stop = consoles.traffic(({ key, traffic: { updates } }) => {
        const at = performance.now();
        const from = first.get(key);
        if (from) rates.set(key, ((updates - from.updates) * 1000) / (at - from.at));
        else first.set(key, { updates, at });
      });
      const fast = setInterval(() => {
        const key = chosen();
        if (key !== undefined) press(key);
      }, 1000 / changes.chosen);
      const slow = setInterval(() => {
        for (const key of first.keys()) press(key);
      }, 1000 / changes.others);
      await new Promise((resolve) => setTimeout(resolve, measuredMs));
      clearInterval(fast);
      clearInterval(slow);
      stop();
      if (rates.size < screens) throw new Error(`Only ${rates.size} screens were open`);
      return [...rates.values()].sort((one, other) => other - one);
    },
    { changes: CHANGES, measuredMs: MEASURED_MS, screens: SCREENS },
  );
}

/** Percent of one processor that the application takes while something goes on. */
async function processorShare(pid: number, work: () => Promise<unknown>): Promise<number> {
  const [before, began] = [await processorTimeOfTree(pid), performance.now()];
  await work();
  return ((await processorTimeOfTree(pid)) - before) / ((performance.now() - began) / 100);
}

async function look(app: DesktopApp, platform: Platform): Promise<Run> {
  const { page, pid } = app;
  await app.logIn(platform);
  const rest = () => pause(MEASURED_MS);
  await rest();
  const { whole: memoryBefore } = await memoryOfTree(pid);
  await openWall(page);
  await rest();
  const { whole: memory } = await memoryOfTree(pid);
  const atRest = await processorShare(pid, rest);
  let rates: readonly number[] = [];
  const changing = await processorShare(pid, async () => {
    rates = await updatesWhileChanging(page);
  });
  const [chosen = 0, ...others] = rates;
  const mean = others.reduce((sum, rate) => sum + rate, 0) / others.length;
  const core = { name: 'one processor', value: 100 };
  const percent = { unit: '%' as const, peer: core };
  const often = (name: string, value: number) => ({
    unit: 'a second' as const,
    peer: { name, value },
  });
  return [
    { name: 'console.wall-24-at-rest', value: atRest, ...percent },
    { name: 'console.wall-24-changing', value: changing, ...percent },
    {
      ...{ name: 'console.wall-24-chosen', value: chosen },
      ...often('the changes of its screen', CHANGES.chosen + CHANGES.others),
    },
    { name: 'console.wall-24-others', value: mean, ...often('twice a second', SLOW_RATE) },
    {
      ...{ name: 'console.wall-24-memory', value: memory, unit: 'MB' },
      peer: { name: 'the application without it', value: memoryBefore },
    },
  ];
}

/** A wall of 24 screens in sight: processor and memory of the application, and how often each is drawn. */
export const consoleWall: Bench = {
  name: 'console.wall-24',
  runs: 1,
  run: () => onPlatform(SIZE, look),
};
