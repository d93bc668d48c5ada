import type { Bench, Run } from './measuring/bench.ts';
import { onPlatform } from './measuring/on-platform.ts';
import type { PlatformSize } from './measuring/platform.ts';
import { processorTime } from './measuring/process-tree.ts';

const SMALL: PlatformSize = { hypervisors: 50, machines: 19, isScripted: true };
const LARGE: PlatformSize = { hypervisors: 2500, machines: 19, isScripted: true };

/** Processor time of main for a log-in, per entity in microseconds. */
async function perEntity(size: PlatformSize): Promise<number> {
  return onPlatform(size, async (app, platform) => {
    const before = await processorTime(app.pid);
    await app.logIn(platform);
    return (((await processorTime(app.pid)) - before) * 1000) / platform.entities;
  });
}

async function grow(): Promise<Run> {
  const small = await perEntity(SMALL);
  const peer = { name: 'the same for 1,000', value: small };
  return [{ name: 'grow.roster', value: await perEntity(LARGE), unit: 'µs', peer }];
}

/** What main works for each entity at a log-in among 50,000 of them. */
export const growRoster: Bench = {
  name: 'grow.roster',
  runs: 1,
  run: grow,
};
