import { LOG_LEVELS, parseLogLine, type LogLevel } from '../../../core/logs/log-line.ts';
import type { LogCounts, LogRow } from '../../../core/logs/log-page.ts';
import type { GatheredLine } from '../log-gathering.ts';
import { CHUNK_LINES, GAP, LogChunk, MOST_LINE_BYTES } from './log-chunk.ts';
import { NameTable } from './name-table.ts';
import { TimeOrder } from './time-order.ts';

export interface LogStoreOptions {
  /** Where the text goes; nothing in it outlives the process. */
  readonly folder: string;
  /** With more lines than this the oldest are forgotten. */
  readonly mostLines?: number;
  /** With more text than this the oldest lines are forgotten. */
  readonly mostBytes?: number;
}

const MOST_LINES = 20_000_000;
const MOST_BYTES = 8 * 1024 ** 3;
/** With more than this in memory, who brings lines has to wait for the disk. */
const MOST_HELD_BYTES = 4_194_304;
const MOST_NAMES = 65_000;
const MOST_COUNTED = 60;

/**
 * The lines of several logs, millions of them: what is needed to find them in memory, their text in
 * files. A line has the number under which it came, and its place by time.
 */
export class LogStore {
  readonly #options: LogStoreOptions;
  readonly #chunks: LogChunk[] = [];
  readonly #order = new TimeOrder((id) => this.timeOf(id));
  readonly #sources = new NameTable(MOST_NAMES);
  readonly #prefixes = new NameTable(MOST_NAMES);
  readonly #entities = new NameTable(MOST_NAMES);
  readonly #levels = new Float64Array(GAP + 1);
  readonly #lastMs = new Map<string, number>();
  #droppedChunks = 0;
  #next = 0;
  #bytes = 0;
  #revision = 0;

  constructor(options: LogStoreOptions) {
    this.#options = options;
  }

  /** All lines by time. */
  get order(): TimeOrder {
    return this.#order;
  }

  /** The number of the oldest line that is kept. */
  get first(): number {
    return this.#droppedChunks * CHUNK_LINES;
  }

  /** The number of the next line. */
  get next(): number {
    return this.#next;
  }

  /** How many lines were forgotten to stay within bounds. */
  get forgotten(): number {
    return this.first;
  }

  /** Changes whenever a line that was there has got another place. */
  get revision(): number {
    return this.#revision;
  }

  get textBytes(): number {
    return this.#bytes;
  }

  /** Takes in lines in the order of their source. Who brings more waits until this resolves. */
  async append(lines: readonly GatheredLine[]): Promise<void> {
    const ids: number[] = [];
    let texts: string[] = [];
    for (const line of lines) {
      for (const text of pieces(line.line?.text ?? '')) {
        if (this.#needsChunk()) {
          this.#write(texts);
          texts = [];
          this.#chunks.push(new LogChunk(this.#options.folder));
        }
        texts.push(text);
        ids.push(this.#note(line, Buffer.byteLength(text) + 1));
      }
    }
    this.#write(texts);
    const before = this.#order.count;
    if (this.#order.add(ids) < before) this.#revision += 1;
    this.#forget();
    await this.#settle();
  }

  /** Milliseconds since 1970; 0 where no time was known yet. */
  timeOf(id: number): number {
    const [chunk, slot] = this.#find(id);
    return chunk?.times[slot] ?? 0;
  }

  /** The chunk that holds a line, and its place there. */
  chunkOf(id: number): readonly [chunk: LogChunk | undefined, slot: number] {
    return this.#find(id);
  }

  numberOf(kind: 'source' | 'prefix' | 'entity', name: string): number | undefined {
    if (kind === 'source') return this.#sources.numberOf(name);
    return (kind === 'prefix' ? this.#prefixes : this.#entities).numberOf(name);
  }

  /** What is shown of lines; those that were forgotten are left out. */
  async rows(ids: readonly number[]): Promise<readonly LogRow[]> {
    const rows: LogRow[] = [];
    for (let at = 0; at < ids.length;) {
      const end = runEnd(ids, at);
      rows.push(...(await this.#run(ids[at] ?? 0, end - at)));
      at = end;
    }
    return rows;
  }

  counts(): LogCounts {
    const levels = Object.fromEntries(
      LOG_LEVELS.map((level, at) => [level, this.#levels[at + 1] ?? 0]),
    ) as Record<LogLevel, number>;
    return {
      levels,
      gaps: this.#levels[GAP] ?? 0,
      prefixes: this.#prefixes.top(MOST_COUNTED),
      entities: this.#entities.top(MOST_COUNTED),
      sources: this.#sources.top(MOST_COUNTED),
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#chunks.splice(0).map((chunk) => chunk.close()));
  }

  #find(id: number): readonly [LogChunk | undefined, number] {
    const number = Math.floor(id / CHUNK_LINES);
    return [this.#chunks[number - this.#droppedChunks], id - number * CHUNK_LINES];
  }

  #needsChunk(): boolean {
    return this.#chunks.at(-1)?.isFull ?? true;
  }

  async #settle(): Promise<void> {
    const last = this.#chunks.at(-1);
    if (last && last.heldBytes > MOST_HELD_BYTES) await last.flush();
  }

  #note({ source, line, timeMs }: GatheredLine, bytes: number): number {
    const last = this.#lastMs.get(source) ?? 0;
    // A clock that went back must not tear a log apart.
    const time = Math.max(timeMs ?? last, last);
    this.#lastMs.set(source, time);
    const level = line ? levelNumber(line.level) : GAP;
    this.#levels[level] = (this.#levels[level] ?? 0) + 1;
    const facts = {
      timeMs: time,
      level,
      source: this.#sources.count(source),
      prefix: this.#prefixes.count(line?.prefix),
      entity: this.#entities.count(line?.entity),
    };
    this.#chunks.at(-1)?.note(facts, bytes);
    this.#bytes += bytes;
    return this.#next++;
  }

  #write(texts: readonly string[]): void {
    if (texts.length > 0) this.#chunks.at(-1)?.write(Buffer.from(`${texts.join('\n')}\n`));
  }

  /** Lines with consecutive numbers, which lie beside each other, chunk by chunk. */
  async #run(first: number, count: number): Promise<LogRow[]> {
    const [chunk, slot] = this.#find(first);
    if (!chunk || count <= 0) return [];
    const here = Math.min(count, CHUNK_LINES - slot, chunk.count - slot);
    const text = (await chunk.read(slot, slot + here)).toString('utf8');
    const lines = text.split('\n').slice(0, here);
    const rows = lines.map((line, at) => this.#row(chunk, slot + at, first + at, line));
    return here < count ? [...rows, ...(await this.#run(first + here, count - here))] : rows;
  }

  #row(chunk: LogChunk, slot: number, id: number, text: string): LogRow {
    const level = chunk.levels[slot] ?? 0;
    const { source, messageAt } = parseLogLine(text);
    return {
      id,
      host: this.#sources.name(chunk.sources[slot] ?? 0) ?? '',
      timeMs: chunk.times[slot] ?? 0,
      level: LOG_LEVELS[level - 1],
      prefix: this.#prefixes.name(chunk.prefixes[slot] ?? 0),
      file: source,
      entity: this.#entities.name(chunk.entities[slot] ?? 0),
      text,
      messageAt,
      isGap: level === GAP,
    };
  }

  #forget(): void {
    const { mostLines = MOST_LINES, mostBytes = MOST_BYTES } = this.#options;
    while (
      this.#chunks.length > 1 &&
      (this.#next - this.first > mostLines || this.#bytes > mostBytes)
    ) {
      const chunk = this.#chunks.shift();
      if (!chunk) return;
      this.#droppedChunks += 1;
      this.#bytes -= chunk.bytes;
      this.#uncount(chunk);
      this.#order.dropBelow(this.first);
      this.#revision += 1;
      void chunk.close();
    }
  }

  #uncount(chunk: LogChunk): void {
    for (let slot = 0; slot < chunk.count; slot += 1) {
      this.#sources.uncount(chunk.sources[slot] ?? 0);
      this.#prefixes.uncount(chunk.prefixes[slot] ?? 0);
      this.#entities.uncount(chunk.entities[slot] ?? 0);
      const level = chunk.levels[slot] ?? 0;
      this.#levels[level] = (this.#levels[level] ?? 0) - 1;
    }
  }
}

export function levelNumber(level: LogLevel | undefined): number {
  return level === undefined ? 0 : LOG_LEVELS.indexOf(level) + 1;
}

/** How far consecutive numbers go from a place. */
function runEnd(ids: readonly number[], from: number): number {
  let end = from + 1;
  while (end < ids.length && ids[end] === (ids[end - 1] ?? 0) + 1) end += 1;
  return end;
}

/** A line as it is kept: without line feeds, and in pieces where it is very long. */
function pieces(text: string): readonly string[] {
  const line = text.includes('\n') ? text.replaceAll('\n', '\\x0a') : text;
  if (line.length * 3 <= MOST_LINE_BYTES || Buffer.byteLength(line) <= MOST_LINE_BYTES)
    return [line];
  const most = Math.floor(MOST_LINE_BYTES / 3);
  const parts: string[] = [];
  for (let from = 0; from < line.length;) {
    // A character of two halves is not cut.
    const isCut = from + most < line.length && isHighHalf(line.charCodeAt(from + most - 1));
    const to = from + most - (isCut ? 1 : 0);
    parts.push(line.slice(from, to));
    from = to;
  }
  return parts;
}

function isHighHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
