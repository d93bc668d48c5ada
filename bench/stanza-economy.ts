import type { Page } from '@playwright/test';
import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Figure, Run } from './measuring/bench.ts';
import type { DesktopApp } from './measuring/desktop-app.ts';
import { onPlatform } from './measuring/on-platform.ts';
import {
  ORIGINAL_IDLE,
  ORIGINAL_LOGIN,
  ORIGINAL_SELECTION,
  ORIGINAL_TABS,
} from './measuring/original-client.ts';
import type { Platform, PlatformSize } from './measuring/platform.ts';

/** As large as the platform that the original client was counted on. */
const SIZE: PlatformSize = { hypervisors: 5, machines: 19, isScripted: false };
const IDLE_MS = 60_000;
const QUIET_MS = 1500;

/** Waits until nothing more is sent; how many stanzas were, since the start. */
async function sentInAll(app: DesktopApp): Promise<number> {
  let [before, now] = [-1, await app.stanzasSent()];
  while (before !== now) {
    await pause(QUIET_MS);
    [before, now] = [now, await app.stanzasSent()];
  }
  return now;
}

/** Selects an entity and looks at each of its panels; what the original sends for the same. */
async function lookAt(app: DesktopApp, name: string): Promise<number> {
  const { page } = app;
  const filter = page.getByRole('searchbox').first();
  await filter.fill(name);
  await filter.press('Enter');
  let original = ORIGINAL_SELECTION;
  for (const tab of await page.getByRole('tab').all()) {
    await tab.click();
    await sentInAll(app);
    original += ORIGINAL_TABS[(await titleOf(tab)).toLowerCase()] ?? 0;
  }
  return original;
}

async function titleOf(tab: ReturnType<Page['getByRole']>): Promise<string> {
  return (await tab.innerText()).trim();
}

/** A hypervisor, a machine, a second one, and the first again: every panel of each. */
async function walk(app: DesktopApp): Promise<Figure> {
  const before = await sentInAll(app);
  let original = 0;
  const machines = await namesOf(app, 'virtualmachine');
  const [hypervisor] = await namesOf(app, 'hypervisor');
  for (const name of [hypervisor, machines[0], machines[1], machines[0]]) {
    original += await lookAt(app, name ?? '');
  }
  const peer = { name: 'the original client for the same panels', value: original };
  const value = (await sentInAll(app)) - before;
  return { name: 'stanzas.walk', value, unit: 'stanzas', peer };
}

async function namesOf(app: DesktopApp, kind: string): Promise<readonly string[]> {
  const running = (await app.entities()).filter((one) => one.kind === kind && one.state !== 'off');
  return running.map(({ name }) => name).sort();
}

/** What is sent to entities while nobody does anything, a machine being shown. */
async function idle(app: DesktopApp): Promise<Figure> {
  const before = await sentInAll(app);
  await pause(IDLE_MS);
  const value = (await app.stanzasSent()) - before;
  const peer = { name: 'the original client with a machine shown', value: ORIGINAL_IDLE };
  return { name: 'stanzas.idle', value, unit: 'stanzas', peer };
}

async function count(app: DesktopApp, platform: Platform): Promise<Run> {
  await app.logIn(platform);
  const peer = { name: 'the original client', value: ORIGINAL_LOGIN };
  const value = await sentInAll(app);
  const login: Figure = { name: 'stanzas.login', value, unit: 'stanzas', peer };
  return [login, await walk(app), await idle(app)];
}

/** Stanzas sent to agents of ours beside those of the original client: log-in, a walk through panels, at rest. */
export const stanzaEconomy: Bench = {
  name: 'stanzas',
  runs: 1,
  run: () => onPlatform(SIZE, count),
};
