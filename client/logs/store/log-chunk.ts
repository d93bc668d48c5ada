import { SpillFile } from './spill-file.ts';

/** How many lines a chunk has. */
export const CHUNK_LINES = 262_144;
/** A line of more bytes is kept in pieces: the places in a file have 32 bits. */
export const MOST_LINE_BYTES = 16_000;

/** What is kept in memory of one line; names by their numbers. */
export interface LineFacts {
  /** Milliseconds since 1970, never less than of an earlier line of the same source; NaN if unknown. */
  readonly timeMs: number;
  /** 0 for none, then in the order of their weight; `GAP` where lines may be missing. */
  readonly level: number;
  readonly source: number;
  readonly prefix: number;
  readonly entity: number;
}

/** In place of a level. */
export const GAP = 255;
const FIRST_ROOM = 1024;

/** So many lines as they came: their facts in memory, 22 bytes a line, and their text in a file. */
export class LogChunk {
  readonly #file: SpillFile;
  #count = 0;
  #room = 0;
  #hasGap = false;
  /** Where each line begins in the file, and, one further, where the next one will. */
  offsets = new Uint32Array(1);
  times = new Float64Array(0);
  levels = new Uint8Array(0);
  sources = new Uint16Array(0);
  prefixes = new Uint16Array(0);
  entities = new Uint16Array(0);

  /** Throws when the folder takes no file. */
  constructor(folder: string) {
    this.#file = new SpillFile(folder);
  }

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count === CHUNK_LINES;
  }

  /** Whether lines may be missing somewhere among these. */
  get hasGap(): boolean {
    return this.#hasGap;
  }

  get bytes(): number {
    return this.#file.size;
  }

  get heldBytes(): number {
    return this.#file.heldBytes;
  }

  /** Notes a line whose text, with its line feed, has so many bytes. The bytes follow by `write`. */
  note(facts: LineFacts, bytes: number): void {
    const at = this.#count;
    if (at === this.#room) this.#grow();
    this.times[at] = facts.timeMs;
    this.levels[at] = facts.level;
    if (facts.level === GAP) this.#hasGap = true;
    this.sources[at] = facts.source;
    this.prefixes[at] = facts.prefix;
    this.entities[at] = facts.entity;
    this.offsets[at + 1] = (this.offsets[at] ?? 0) + bytes;
    this.#count = at + 1;
  }

  write(bytes: Buffer): void {
    this.#file.append(bytes);
  }

  flush(): Promise<void> {
    return this.#file.flush();
  }

  /** The text of the lines from one up to another, each with its line feed. */
  read(from: number, to: number): Promise<Buffer> {
    const start = this.offsets[from] ?? 0;
    return this.#file.read(start, (this.offsets[to] ?? start) - start);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #grow(): void {
    const room = Math.min(CHUNK_LINES, Math.max(FIRST_ROOM, this.#room * 2));
    this.#room = room;
    this.offsets = grown(this.offsets, new Uint32Array(room + 1));
    this.times = grown(this.times, new Float64Array(room));
    this.levels = grown(this.levels, new Uint8Array(room));
    this.sources = grown(this.sources, new Uint16Array(room));
    this.prefixes = grown(this.prefixes, new Uint16Array(room));
    this.entities = grown(this.entities, new Uint16Array(room));
  }
}

function grown<T extends Uint8Array | Uint16Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
