import { setTimeout as pause } from 'node:timers/promises';
import type { Bench, Figure, Run } from './measuring/bench.ts';
import type { DesktopApp } from './measuring/desktop-app.ts';
import { inSessions, type Session } from './measuring/on-platform.ts';
import {
  ORIGINAL_IDLE,
  ORIGINAL_LOGIN,
  ORIGINAL_PANELS,
  ORIGINAL_SELECTION,
} from './measuring/original-client.ts';
import type { Platform, PlatformSize } from './measuring/platform.ts';

/** As large as the platform that the original client was counted on. */
const SIZE: PlatformSize = { hypervisors: 5, machines: 19, isScripted: false };
const IDLE_MS = 60_000;
const QUIET_MS = 1500;
/** Samples that nobody looks at any more are ended within this time. */
const LATE_END_MS = 35_000;

/** Waits until nothing more is sent; how many stanzas were, since the start. */
async function sentInAll(app: DesktopApp): Promise<number> {
  let [before, now] = [-1, await app.stanzasSent()];
  while (before !== now) {
    await pause(QUIET_MS);
    [before, now] = [now, await app.stanzasSent()];
  }
  return now;
}

/**
 * Selects an entity and looks at those of its panels that the original has, too; what the original sends
 * for the same.
 */
async function lookAt({ app, kind, name, visit }: Visit): Promise<number> {
  const { page } = app;
  const filter = page.getByRole('searchbox').first();
  await filter.fill(name);
  await filter.press('Enter');
  await page.getByRole('tab', { name: `Overview: ${name}`, exact: true }).waitFor();
  let original: number = ORIGINAL_SELECTION[kind][visit];
  for (const [title, count] of Object.entries(ORIGINAL_PANELS[kind])) {
    await page.getByRole('tab', { name: `${title}: ${name}`, exact: true }).click();
    await sentInAll(app);
    original += count;
  }
  return original;
}

interface Visit {
  readonly app: DesktopApp;
  readonly kind: keyof typeof ORIGINAL_SELECTION;
  readonly name: string;
  readonly visit: 'again' | 'first';
}

/** A hypervisor, a machine, a second one, and the first machine again. */
async function walk(app: DesktopApp, name: string): Promise<Figure> {
  const before = await sentInAll(app);
  const [hypervisor = ''] = await namesOf(app, 'hypervisor');
  const [one = '', other = ''] = await namesOf(app, 'virtualmachine');
  const kind = 'virtualmachine';
  const visits: readonly Visit[] = [
    { app, kind: 'hypervisor', name: hypervisor, visit: 'first' },
    { app, kind, name: one, visit: 'first' },
    { app, kind, name: other, visit: 'first' },
    { app, kind, name: one, visit: 'again' },
  ];
  let original = 0;
  for (const visit of visits) original += await lookAt(visit);
  // What is ended late is of the walk, too.
  await pause(LATE_END_MS);
  const peer = { name: 'the original client for the same panels', value: original };
  const value = (await sentInAll(app)) - before;
  return { name, value, unit: 'stanzas', peer };
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

async function logIn(app: DesktopApp, platform: Platform, name: string): Promise<Figure> {
  await app.logIn(platform);
  const peer = { name: 'the original client', value: ORIGINAL_LOGIN };
  return { name, value: await sentInAll(app), unit: 'stanzas', peer };
}

/** With a profile that nothing was kept in, and once more with what the first session has kept. */
async function count(session: Session, platform: Platform): Promise<Run> {
  const first = await session(async (app) => [
    await logIn(app, platform, 'stanzas.login'),
    await walk(app, 'stanzas.walk'),
    await idle(app),
  ]);
  const again = await session(async (app) => [
    await logIn(app, platform, 'stanzas.login-again'),
    await walk(app, 'stanzas.walk-again'),
  ]);
  return [...first, ...again];
}

/** Stanzas sent to agents of ours beside those of the original client: log-in, a walk through panels, at rest. */
export const stanzaEconomy: Bench = {
  name: 'stanzas',
  runs: 1,
  run: () => inSessions(SIZE, count),
};
