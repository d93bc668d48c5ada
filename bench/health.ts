import * as v from 'valibot';
import type { Bench, Run } from './measuring/bench.ts';
import { newProfile } from './measuring/desktop-app.ts';
import { startProgram } from './measuring/electron.ts';
import { median } from './measuring/summary.ts';

const PAGE_LIMIT_MS = 2;
const Cost = v.object({ steps: v.array(v.number()), pageMs: v.number(), processorMs: v.number() });
type Cost = v.InferOutput<typeof Cost>;

async function costOf(whose: 'ours' | 'uplot'): Promise<Cost> {
  const profile = await newProfile();
  const program = await startProgram('graphs', profile.folder, whose);
  try {
    return v.parse(Cost, program.said);
  } finally {
    await program.stop();
    await profile.remove();
  }
}

async function compare(): Promise<Run> {
  const [peer, ours] = [await costOf('uplot'), await costOf('ours')];
  const drawn = 'uPlot drawing the same on the thread of the page';
  const limit = { name: `the limit of ${PAGE_LIMIT_MS} ms`, value: PAGE_LIMIT_MS };
  return [
    {
      name: 'health.24x10000',
      value: median(ours.steps),
      unit: 'ms',
      peer: { name: drawn, value: median(peer.steps) },
    },
    {
      name: 'health.24x10000-processor',
      value: ours.processorMs,
      unit: 'ms',
      peer: { name: drawn, value: peer.processorMs },
    },
    { name: 'health.24x10000-page', value: ours.pageMs, unit: 'ms', peer: limit },
  ];
}

/** One live step of 24 graphs with 10,000 points each: scripts, all processors, and the page's thread. */
export const health: Bench = {
  name: 'health.24x10000',
  runs: 3,
  run: compare,
};
