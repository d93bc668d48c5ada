import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Run } from './measuring/bench.ts';
import { newProfile, type DesktopApp } from './measuring/desktop-app.ts';
import { startBareElectron } from './measuring/electron.ts';
import { onPlatform } from './measuring/on-platform.ts';
import type { Platform } from './measuring/platform.ts';
import { memoryOfTree, type TreeMemory } from './measuring/process-tree.ts';
import { YARDSTICK } from './measuring/yardstick.ts';

const MORE_MB = 150;
const GROWTH_MB = 5;
const IDLE_MS = 10_000;
/** By then the application and its pages have given back by themselves what they do not hold. */
const REST_MS = 60_000;
const COLLECTIONS = 2;
const SHORT_S = 60;
const LONG_S = 30 * 60;
const CHANGES_AT_ONCE = 500;
const BETWEEN_MS = 500;
/** So many stanzas the app keeps to be looked at: what a first churn fills is not growth. */
const KEPT_STANZAS = 100_000;
const STORM = 10_000;

async function bareMemory(): Promise<TreeMemory> {
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

/** Lets main and all pages give back what nobody holds: engines keep it until they want the room. */
async function collect({ app }: DesktopApp): Promise<void> {
  await app.evaluate(() => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as NodeJS.GCFunction;
    // Any other collection keeps what it emptied for what comes next.
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  });
  for (const page of app.windows()) {
    const session = await page.context().newCDPSession(page);
    await session.send('HeapProfiler.collectGarbage');
    await session.detach();
  }
}

interface AtRest {
  /** As the system sees it after a minute. */
  readonly asItIs: TreeMemory;
  /** After pages and main were made to collect, so that two of it can be compared. */
  readonly held: TreeMemory;
}

async function memoryAtRest(app: DesktopApp): Promise<AtRest> {
  await pause(REST_MS);
  const asItIs = await memoryOfTree(app.pid);
  // Engines return what a collection emptied only after they have been at rest for a while.
  for (let time = 0; time < COLLECTIONS; time += 1) {
    await collect(app);
    await pause(IDLE_MS);
  }
  return { asItIs, held: await memoryOfTree(app.pid) };
}

async function churn(platform: Platform, seconds: number): Promise<void> {
  const until = Date.now() + seconds * 1000;
  while (Date.now() < until) {
    await platform.storm(CHANGES_AT_ONCE);
    await pause(BETWEEN_MS);
  }
}

async function live(
  app: DesktopApp,
  platform: Platform,
  seconds: number,
  bare: TreeMemory,
): Promise<Run> {
  const second = app.app.waitForEvent('window');
  await app.page.evaluate(() => window.archipel.workspaces.newWindow());
  await (await second).getByRole('main').first().waitFor();
  await app.logIn(platform);
  // What a first churn compiles and caches stays.
  for (let told = 0; told < KEPT_STANZAS; told += STORM) await platform.storm(STORM);
  const idle = await memoryAtRest(app);
  await churn(platform, seconds);
  const later = await memoryAtRest(app);
  const limit = (value: number) => ({ name: `the limit of ${value} MB`, value });
  return [
    {
      name: 'memory.5000',
      value: idle.asItIs.whole - bare.whole,
      unit: 'MB',
      peer: limit(MORE_MB),
    },
    {
      name: 'memory.5000-held',
      value: idle.held.whole - bare.whole,
      unit: 'MB',
      peer: limit(MORE_MB),
    },
    {
      name: 'memory.5000-growth',
      value: later.held.made - idle.held.made,
      unit: 'MB',
      peer: limit(GROWTH_MB),
    },
  ];
}

/** Memory with two windows beyond that of a bare Electron with two, and how it grows while states change. */
export const memory: Bench = {
  name: 'memory.5000',
  runs: 1,
  run: async ({ isLong }) => {
    // Alone: beside the application it would share the pages of the program with it.
    const bare = await bareMemory();
    const seconds = isLong ? LONG_S : SHORT_S;
    return onPlatform(YARDSTICK, (app, platform) => live(app, platform, seconds, bare));
  },
};
