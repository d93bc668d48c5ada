import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Run } from './measuring/bench.ts';
import { newProfile, type DesktopApp } from './measuring/desktop-app.ts';
import { startBareElectron } from './measuring/electron.ts';
import { onPlatform } from './measuring/on-platform.ts';
import type { Platform } from './measuring/platform.ts';
import { memoryOfTree } from './measuring/process-tree.ts';
import { YARDSTICK } from './measuring/yardstick.ts';

const MORE_MB = 150;
const GROWTH_MB = 5;
const IDLE_MS = 10_000;
const SHORT_S = 60;
const LONG_S = 30 * 60;
const CHANGES_AT_ONCE = 500;
const BETWEEN_MS = 500;

async function bareMemory(): Promise<number> {
  const profile = await newProfile();
  const bare = await startBareElectron(profile.folder, 2);
  try {
    await pause(IDLE_MS);
    return await memoryOfTree(bare.pid);
  } finally {
    await bare.stop();
    await profile.remove();
  }
}

/** Lets all pages give back what they do not need; main does by itself. */
async function collect({ app }: DesktopApp): Promise<void> {
  for (const page of app.windows()) {
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    await session.detach();
  }
}

async function memoryAtRest(app: DesktopApp): Promise<number> {
  await pause(IDLE_MS);
  await collect(app);
  return memoryOfTree(app.pid);
}

async function churn(platform: Platform, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    await platform.storm(CHANGES_AT_ONCE);
    await pause(BETWEEN_MS);
  }
}

async function live(app: DesktopApp, platform: Platform, seconds: number): Promise<Run> {
  const second = app.app.waitForEvent('window');
  await app.page.evaluate(() => window.archipel.workspaces.newWindow());
  await (await second).getByRole('main').first().waitFor();
  await app.logIn(platform);
  // What a first churn compiles and caches stays.
  await churn(platform, SHORT_S / 2);
  const idle = await memoryAtRest(app);
  await churn(platform, seconds);
  const later = await memoryAtRest(app);
  const more = idle - (await bareMemory());
  const limit = (value: number) => ({ name: `the limit of ${value} MB`, value });
  return [
    { name: 'memory.5000', value: more, unit: 'MB', peer: limit(MORE_MB) },
    { name: 'memory.5000-growth', value: later - idle, unit: 'MB', peer: limit(GROWTH_MB) },
  ];
}

/** Memory with two windows beyond that of a bare Electron with two, and how it grows while states change. */
export const memory: Bench = {
  name: 'memory.5000',
  runs: 1,
  run: ({ isLong }) =>
    onPlatform(YARDSTICK, (app, platform) => live(app, platform, isLong ? LONG_S : SHORT_S)),
};
