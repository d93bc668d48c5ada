import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LogStore } from '../client/logs/store/log-store.ts';
import type { Bench, Run } from './measuring/bench.ts';
import { fill, filterTime } from './measuring/log-store.ts';

const SMALL = 10_000;
const LARGE = 1_000_000;
const LARGEST = 10_000_000;
/** Small logs are over before they can be measured. */
const TIMES_SMALL = 20;

interface PerLine {
  /** Microseconds to take a line in, and to look at one with a filter. */
  readonly intake: number;
  readonly filter: number;
}

async function perLine(lines: number): Promise<PerLine> {
  const folder = mkdtempSync(path.join(tmpdir(), 'archipel-bench-grow-'));
  const store = new LogStore({ folder });
  try {
    const taken = await fill(store, path.join(folder, 'archipel.log'), lines);
    const [, looked] = await filterTime(store, { text: 'TOOK 976 MS' });
    return { intake: (taken / lines) * 1e6, filter: (looked / lines) * 1e6 };
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The middle of several runs over a small log, after the code has been compiled. */
async function small(): Promise<PerLine> {
  const all: PerLine[] = [];
  for (let at = 0; at < TIMES_SMALL; at += 1) all.push(await perLine(SMALL));
  const middle = (of: (one: PerLine) => number): number =>
    all.map(of).sort((one, other) => one - other)[TIMES_SMALL / 2] ?? 0;
  return { intake: middle(({ intake }) => intake), filter: middle(({ filter }) => filter) };
}

/** Whether a line costs as much in a log of millions as in a short one. */
export const growLog: Bench = {
  name: 'grow.log',
  runs: 1,
  run: async ({ isLong }): Promise<Run> => {
    const [few, many] = [await small(), await perLine(isLong ? LARGEST : LARGE)];
    const peer = (value: number) => ({ name: 'the same for 10,000', value });
    return [
      { name: 'grow.log-intake', value: many.intake, unit: 'µs', peer: peer(few.intake) },
      { name: 'grow.log-filter', value: many.filter, unit: 'µs', peer: peer(few.filter) },
    ];
  },
};
