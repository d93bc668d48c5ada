import { chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { repeat, type Bench, type Figure, type Run } from './measuring/bench.ts';
import { addAccount, DesktopApp, newProfile } from './measuring/desktop-app.ts';
import {
  APP,
  electronPath,
  sandboxArguments,
  startBareElectron,
  startEmptyPage,
} from './measuring/electron.ts';
import { Platform } from './measuring/platform.ts';
import { YARDSTICK } from './measuring/yardstick.ts';

/** After this a start is long over: only then is the application asked, so that nobody disturbs it. */
const START_MS = 6000;
const RUNS = 5;
const LISTENING = /^DevTools listening on ws:\/\/([^/]+)/u;

/** Fills the cache of a profile with a whole platform, which is gone afterwards. */
async function fillCache(profile: string): Promise<void> {
  const platform = await Platform.start(YARDSTICK);
  try {
    await addAccount(profile, platform);
    const app = await DesktopApp.launch(profile);
    await app.logIn(platform);
    await app.close();
  } finally {
    await platform.stop();
  }
}

/** Starts the application as a user does; how long after its creation each phase was reached, in milliseconds. */
async function phases(profile: string): Promise<ReadonlyMap<string, number>> {
  const args = [APP, '--profile', profile, '--remote-debugging-port=0', ...sandboxArguments()];
  const child = spawn(electronPath(), args, { cwd: APP, stdio: ['ignore', 'ignore', 'pipe'] });
  const lines = createInterface(child.stderr);
  const address = await new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      const host = LISTENING.exec(line)?.[1];
      if (host !== undefined) resolve(host);
    });
  });
  await pause(START_MS);
  const browser = await chromium.connectOverCDP(`http://${address}`);
  const [page] = browser.contexts().flatMap((context) => context.pages());
  const measures = await page?.evaluate(() => window.archipel.app.measures());
  await browser.close();
  const closed = once(child, 'close');
  child.kill('SIGTERM');
  await closed;
  const list = measures?.ok === true ? measures.value : [];
  return new Map(
    list.flatMap(({ kind, name, milliseconds }) =>
      kind === 'phase' ? [[name, milliseconds]] : [],
    ),
  );
}

/** Milliseconds until the windows of the floors were drawn. */
interface Floors {
  readonly bare: number;
  readonly emptyPage: number;
}

function figuresOf(reached: ReadonlyMap<string, number>, { bare, emptyPage }: Floors): Run {
  const peer = { name: 'a bare Electron window', value: bare };
  const ours = ['roster', 'process', 'window'].map((phase): Figure => {
    const value = reached.get(phase);
    if (value === undefined) throw new Error(`The application did not reach the phase ${phase}`);
    const name = phase === 'roster' ? 'start.cached-roster' : `start.${phase}`;
    return { name, value, unit: 'ms', peer };
  });
  return [...ours, { name: 'start.empty-page', value: emptyPage, unit: 'ms', peer }];
}

/** Starts a floor and ends it. */
async function timeOf(program: ReturnType<typeof startEmptyPage>): Promise<number> {
  const { shownAfterMs, stop } = await program;
  await stop();
  return shownAfterMs;
}

async function startOften(): Promise<readonly Run[]> {
  const [own, bareProfile, pageProfile] = [
    await newProfile(),
    await newProfile(),
    await newProfile(),
  ];
  const once = async (): Promise<Run> => {
    const bare = await timeOf(startBareElectron(bareProfile.folder, 1));
    const emptyPage = await timeOf(startEmptyPage(pageProfile.folder));
    return figuresOf(await phases(own.folder), { bare, emptyPage });
  };
  try {
    await fillCache(own.folder);
    // The first start of either fills the caches of Chromium.
    await once();
    return await repeat(RUNS, once);
  } finally {
    await own.remove();
    await bareProfile.remove();
    await pageProfile.remove();
  }
}

/** From the creation of the process until the roster of the last run can be used, without a server. */
export const start: Bench = {
  name: 'start.cached-roster',
  runs: RUNS,
  runAll: startOften,
};
