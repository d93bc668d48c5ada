import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LogStore } from '../client/logs/store/log-store.ts';
import type { Bench, Figure } from './measuring/bench.ts';
import { fill, FILTERS, filterTime } from './measuring/log-store.ts';

const SIZES = [
  { name: '1M', lines: 1_000_000 },
  { name: '10M', lines: 10_000_000 },
] as const;
/** What a busy fleet never reaches. */
const FLOOR_LINES_PER_SECOND = 100_000;
/** The bound for 10 M lines, text in files: 22 bytes of each, and what the garbage collector leaves. */
const MOST_MEGABYTES = 600;

async function grep(file: string, args: readonly string[]): Promise<[count: number, s: number]> {
  const began = performance.now();
  const child = spawn('grep', ['-c', ...args, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let count = '';
  child.stdout.on('data', (chunk: Buffer) => (count += chunk.toString()));
  await once(child, 'close');
  return [Number(count), (performance.now() - began) / 1000];
}

/** Throws where the two do not find the same lines. */
async function compare(store: LogStore, file: string, size: string): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const { name, filter, grep: args } of FILTERS) {
    const [theirs, peer] = await grep(file, args);
    const [ours, value] = await filterTime(store, filter);
    if (ours !== theirs) throw new Error(`${name}: ${ours} lines, and ${theirs} by grep`);
    const figure = { name: `logs-${size}-filter-${name}`, value, unit: 's' as const };
    figures.push({ ...figure, peer: { name: `grep ${args.join(' ')}`, value: peer } });
  }
  return figures;
}

async function measure(size: string, lines: number): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'archipel-bench-logs-'));
  const store = new LogStore({ folder });
  try {
    const file = path.join(folder, 'archipel.log');
    const seconds = await fill(store, file, lines);
    const floor = { name: `the floor of ${FLOOR_LINES_PER_SECOND}`, value: FLOOR_LINES_PER_SECOND };
    const taken: Figure = {
      ...{ name: `logs-${size}-taken-in`, value: lines / seconds, unit: 'lines/s', peer: floor },
    };
    const filters = await compare(store, file, size);
    const value = process.memoryUsage().rss / 1_000_000;
    const peer = { name: `the limit of ${MOST_MEGABYTES} MB`, value: MOST_MEGABYTES };
    return [taken, ...filters, { name: `logs-${size}-memory`, value, unit: 'MB', peer }];
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How fast lines of logs are taken in and filtered, against grep on the same lines in a file. */
export const logs: Bench = {
  name: 'logs',
  runs: 1,
  run: async () => {
    const figures: Figure[] = [];
    for (const { name, lines } of SIZES) figures.push(...(await measure(name, lines)));
    return figures;
  },
};
