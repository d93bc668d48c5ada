import { open, type FileHandle } from 'node:fs/promises';

/** The last lines of a log, for who asks for them over the wire. */
export interface LogTail {
  /** The oldest first, at most `limit`. */
  last(limit: number): Promise<readonly string[]>;
}

const CHUNK_BYTES = 65_536;
/** However many lines are wanted, an answer has to fit in a stanza. */
const MOST_BYTES = 524_288;
const LINE_FEED = 0x0a;

/** The end of a log file, also of what another run of the agent wrote; never more of it is read than is asked for. */
export class FileTail implements LogTail {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Rejects when the file cannot be read. */
  async last(limit: number): Promise<readonly string[]> {
    const file = await open(this.#path, 'r');
    try {
      return linesOf(await readEnd(file, limit), limit);
    } finally {
      await file.close();
    }
  }
}

interface End {
  readonly bytes: Buffer;
  /** Whether the first line may lack its beginning. */
  readonly isCut: boolean;
}

async function readEnd(file: FileHandle, limit: number): Promise<End> {
  let { size: from } = await file.stat();
  let bytes = Buffer.alloc(0);
  // One line feed more than lines, because each line ends with one.
  while (from > 0 && bytes.length < MOST_BYTES && countLines(bytes) <= limit) {
    const length = Math.min(CHUNK_BYTES, from);
    const chunk = Buffer.alloc(length);
    from -= length;
    const { bytesRead } = await file.read(chunk, 0, length, from);
    bytes = Buffer.concat([chunk.subarray(0, bytesRead), bytes]);
  }
  return { bytes, isCut: from > 0 };
}

function countLines(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte === LINE_FEED) count += 1;
  return count;
}

function linesOf({ bytes, isCut }: End, limit: number): readonly string[] {
  const lines = bytes.toString('utf8').split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (isCut) lines.shift();
  return lines.slice(-limit);
}
