import { isUtf8 } from 'node:buffer';

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/** Makes lines of bytes. A line that is too long is cut into several. */
export class LineSplitter {
  readonly #longest: number;
  #open: Buffer[] = [];
  #openBytes = 0;

  constructor(longest: number) {
    this.#longest = longest;
  }

  push(bytes: Buffer): readonly string[] {
    const lines: string[] = [];
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      this.#add(bytes.subarray(from, end), lines);
      lines.push(this.#close());
      from = end + 1;
    }
    this.#add(bytes.subarray(from), lines);
    return lines;
  }

  /** What is left without an end. */
  flush(): readonly string[] {
    return this.#openBytes === 0 ? [] : [this.#close()];
  }

  #add(bytes: Buffer, lines: string[]): void {
    let rest = bytes;
    while (this.#openBytes + rest.length > this.#longest) {
      const room = this.#longest - this.#openBytes;
      this.#open.push(rest.subarray(0, room));
      lines.push(this.#close());
      rest = rest.subarray(room);
    }
    if (rest.length === 0) return;
    // A copy: the chunk it is part of is not kept for it.
    this.#open.push(Buffer.from(rest));
    this.#openBytes += rest.length;
  }

  #close(): string {
    const [only] = this.#open;
    const bytes = this.#open.length === 1 && only ? only : Buffer.concat(this.#open);
    this.#open = [];
    this.#openBytes = 0;
    const end = bytes.at(-1) === CARRIAGE_RETURN ? bytes.length - 1 : bytes.length;
    return readText(bytes.subarray(0, end));
  }
}

/** Text in UTF-8; bytes that are not are shown as `\xNN`. */
export function readText(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  let text = '';
  let from = 0;
  let at = 0;
  while (at < bytes.length) {
    const length = sequenceLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    text += bytes.toString('utf8', from, at);
    text += `\\x${(bytes[at] ?? 0).toString(16).padStart(2, '0')}`;
    at += 1;
    from = at;
  }
  return text + bytes.toString('utf8', from);
}

/** How many bytes the character at a place has; 0 where there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  const isWhole = first >= 0xc2 && at + length <= bytes.length;
  return isWhole && isUtf8(bytes.subarray(at, at + length)) ? length : 0;
}
