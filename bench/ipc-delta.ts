import * as v from 'valibot';
import type { Bench, Run } from './measuring/bench.ts';
import { CHANGES } from './measuring/deltas.ts';
import { newProfile } from './measuring/desktop-app.ts';
import { startProgram } from './measuring/electron.ts';

const Tries = v.array(v.object({ sentMs: v.number(), clonedMs: v.number() }));

async function tries(): Promise<readonly Run[]> {
  const profile = await newProfile();
  const program = await startProgram('ipc-delta', profile.folder);
  try {
    const perChange = (milliseconds: number): number => (milliseconds * 1000) / CHANGES;
    return v.parse(Tries, program.said).map(({ sentMs, clonedMs }) => {
      const peer = { name: 'a structured clone of the same data', value: perChange(clonedMs) };
      return [{ name: 'ipc.delta', value: perChange(sentMs), unit: 'µs', peer }];
    });
  } finally {
    await program.stop();
    await profile.remove();
  }
}

/** 10,000 changes of entities from main to a page, through the preload, per change. */
export const ipcDelta: Bench = {
  name: 'ipc.delta',
  runs: 5,
  runAll: tries,
};
