import type { Bench, Run } from './measuring/bench.ts';
import { BareClient } from './measuring/bare-client.ts';
import type { DesktopApp } from './measuring/desktop-app.ts';
import { onPlatform } from './measuring/on-platform.ts';
import type { Platform } from './measuring/platform.ts';
import { rosterAtRest, watchRoster } from './measuring/roster-watch.ts';
import { YARDSTICK } from './measuring/yardstick.ts';

const CHANGES = 10_000;
const BUDGET_MS = 1000;
const LONG_MS = 50;
/** Longer than the application gathers the delays of its event loop before it notes the worst. */
const REST_MS = 6000;

/** The worst that the application noted of itself since a moment, in milliseconds. */
async function worst(
  { page }: DesktopApp,
  kind: 'event-loop' | 'long-task',
  since: number,
): Promise<number> {
  const measures = await page.evaluate(() => window.archipel.app.measures());
  const noted = measures.ok ? measures.value : [];
  const times = noted.filter((one) => one.kind === kind && one.at >= since);
  return Math.max(0, ...times.map(({ milliseconds }) => milliseconds));
}

/** How many machines are shown in another state than they are in. */
async function wrong(app: DesktopApp, truth: Readonly<Record<string, string>>): Promise<number> {
  const shown = new Map((await app.entities()).map(({ jid, state }) => [jid.split('@')[0], state]));
  return Object.entries(truth).filter(([uuid, state]) => shown.get(uuid) !== state).length;
}

/** How long a storm takes until a client that keeps nothing has parsed all of it, in milliseconds. */
async function parsedBy(platform: Platform): Promise<number> {
  const bare = new BareClient(platform);
  await bare.logIn();
  const started = performance.now();
  const heard = bare.hear(CHANGES);
  await platform.storm(CHANGES);
  await heard;
  const took = performance.now() - started;
  await bare.close();
  return took;
}

async function weather(app: DesktopApp, platform: Platform): Promise<Run> {
  const least = await parsedBy(platform);
  await watchRoster(app.page);
  await app.logIn(platform);
  // What the log-in took is noted by then.
  await rosterAtRest(app.page, REST_MS);
  const started = Date.now();
  const truth = await platform.storm(CHANGES);
  const told = Date.now() - started;
  const drawn = (await rosterAtRest(app.page, REST_MS)) - started;
  const mistakes = await wrong(app, truth);
  if (mistakes > 0) throw new Error(`${mistakes} machines are shown in a wrong state`);
  const limit = (value: number) => ({ name: `the limit of ${value} ms`, value });
  return [
    { name: 'presence.storm', value: drawn, unit: 'ms', peer: limit(BUDGET_MS) },
    {
      name: 'presence.storm-behind',
      value: drawn,
      unit: 'ms',
      peer: { name: 'what the server takes to tell it', value: told },
    },
    {
      name: 'presence.storm-beside',
      value: drawn,
      unit: 'ms',
      peer: { name: 'a client that parses and keeps nothing', value: least },
    },
    {
      name: 'presence.storm-page-task',
      value: await worst(app, 'long-task', started),
      unit: 'ms',
      peer: limit(LONG_MS),
    },
    {
      name: 'presence.storm-main-delay',
      value: await worst(app, 'event-loop', started),
      unit: 'ms',
      peer: limit(LONG_MS),
    },
  ];
}

/** 10,000 changes of presence at once: until the last is drawn, with every state as it is in truth. */
export const presenceStorm: Bench = {
  name: 'presence.storm',
  runs: 3,
  run: () => onPlatform(YARDSTICK, weather),
};
