import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LogStore } from '../client/logs/store/log-store.ts';
import { LogView, type ViewFilter } from '../client/logs/store/log-view.ts';
import { LogLineReader } from '../core/logs/log-line.ts';
import type { Bench, Figure } from './measuring/bench.ts';

const SIZES = [
  { name: '1M', lines: 1_000_000 },
  { name: '10M', lines: 10_000_000 },
] as const;
const BATCH = 2000;
/** What a busy fleet never reaches. */
const FLOOR_LINES_PER_SECOND = 100_000;
/** The bound for 10 M lines, text in files: 22 bytes of each, and what the garbage collector leaves. */
const MOST_MEGABYTES = 600;
const LEVELS = ['DEBUG   ', 'INFO    ', 'INFO    ', 'INFO    ', 'WARNING ', 'ERROR   '];
const PARTS = ['MIGRATION', 'VMPARKING', 'LIBVIRT', 'XMPP', 'HEALTH', 'STORE'];

/** A line as agents write it, another one for each number. */
function rawLine(number: number): string {
  const at = new Date(1_790_000_000_000 + number * 7).toISOString();
  const date = `${at.slice(0, 10)} ${at.slice(11, 23)}`;
  const level = LEVELS[number % LEVELS.length] ?? '';
  const part = PARTS[number % PARTS.length] ?? '';
  const entity = `vm-${number % 397}@example.org`;
  return `${level}::${date}::${entity}::${part} step ${number} of the machine took ${number % 977} ms`;
}

const FILTERS: readonly {
  readonly name: string;
  readonly filter: ViewFilter;
  readonly grep: readonly string[];
}[] = [
  {
    name: 'text',
    filter: { text: 'TOOK 976 MS' },
    grep: ['-i', '-F', 'TOOK 976 MS'],
  },
  {
    name: 'regex',
    filter: { regex: 'vm-3\\d7@.*took 97[0-9] ms$' },
    grep: ['-i', '-E', 'vm-3[0-9]7@.*took 97[0-9] ms$'],
  },
];

/** Writes the lines for grep, and gives them to the store. Returns seconds of the store alone. */
async function fill(store: LogStore, file: string, lines: number): Promise<number> {
  const output = createWriteStream(file);
  const reader = new LogLineReader();
  let seconds = 0;
  for (let from = 0; from < lines; from += BATCH) {
    const raw = Array.from({ length: BATCH }, (_, at) => rawLine(from + at));
    if (!output.write(`${raw.join('\n')}\n`)) await once(output, 'drain');
    const began = performance.now();
    const read = raw.map((text) => reader.read(text));
    await store.append(read.map((line) => ({ source: 'hv1', line, timeMs: line.timeMs })));
    seconds += (performance.now() - began) / 1000;
  }
  output.end();
  await once(output, 'finish');
  return seconds;
}

async function grep(file: string, args: readonly string[]): Promise<[count: number, s: number]> {
  const began = performance.now();
  const child = spawn('grep', ['-c', ...args, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  let count = '';
  child.stdout.on('data', (chunk: Buffer) => (count += chunk.toString()));
  await once(child, 'close');
  return [Number(count), (performance.now() - began) / 1000];
}

async function filterTime(
  store: LogStore,
  filter: ViewFilter,
): Promise<[count: number, s: number]> {
  const view = new LogView(store);
  const began = performance.now();
  view.setFilter(filter);
  await view.catchUp();
  return [view.order.count, (performance.now() - began) / 1000];
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
