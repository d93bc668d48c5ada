import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import type { LogStore } from '../../client/logs/store/log-store.ts';
import { LogView, type ViewFilter } from '../../client/logs/store/log-view.ts';
import { LogLineReader } from '../../core/logs/log-line.ts';

const BATCH = 2000;
const LEVELS = ['DEBUG   ', 'INFO    ', 'INFO    ', 'INFO    ', 'WARNING ', 'ERROR   '];
const PARTS = ['MIGRATION', 'VMPARKING', 'LIBVIRT', 'XMPP', 'HEALTH', 'STORE'];

/** What is looked for, for us and for grep. */
export const FILTERS: readonly {
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

/** A line as agents write it, another one for each number. */
function rawLine(number: number): string {
  const at = new Date(1_790_000_000_000 + number * 7).toISOString();
  const date = `${at.slice(0, 10)} ${at.slice(11, 23)}`;
  const level = LEVELS[number % LEVELS.length] ?? '';
  const part = PARTS[number % PARTS.length] ?? '';
  const entity = `vm-${number % 397}@example.org`;
  return `${level}::${date}::${entity}::${part} step ${number} of the machine took ${number % 977} ms`;
}

/** Writes so many lines to a file, and tells each batch of them. */
export async function writeLines(
  file: string,
  lines: number,
  told: (raw: readonly string[]) => Promise<void> | void = () => undefined,
): Promise<void> {
  const output = createWriteStream(file);
  for (let from = 0; from < lines; from += BATCH) {
    const size = Math.min(BATCH, lines - from);
    const raw = Array.from({ length: size }, (_, at) => rawLine(from + at));
    if (!output.write(`${raw.join('\n')}\n`)) await once(output, 'drain');
    await told(raw);
  }
  output.end();
  await once(output, 'finish');
}

/** Gives lines of one host to a store. */
export function takingInto(store: LogStore): (raw: readonly string[]) => Promise<void> {
  const reader = new LogLineReader();
  return async (raw) => {
    const read = raw.map((text) => reader.read(text));
    await store.append(read.map((line) => ({ source: 'hv1', line, timeMs: line.timeMs })));
  };
}

/** Writes the lines to a file, and gives them to the store. Returns seconds of the store alone. */
export async function fill(store: LogStore, file: string, lines: number): Promise<number> {
  const take = takingInto(store);
  let seconds = 0;
  await writeLines(file, lines, async (raw) => {
    const began = performance.now();
    await take(raw);
    seconds += (performance.now() - began) / 1000;
  });
  return seconds;
}

/** How many lines fit, and how long it took to find that out, seconds. */
export async function filterTime(
  store: LogStore,
  filter: ViewFilter,
): Promise<[count: number, s: number]> {
  const view = new LogView(store);
  const began = performance.now();
  view.setFilter(filter);
  await view.catchUp();
  return [view.order.count, (performance.now() - began) / 1000];
}
