import type { Writable } from 'node:stream';
import { FOLLOW_SCRIPT, OVERLAP_BYTES } from '../../node/ssh/follow-script.ts';
import type { MemoryFile, MemoryLog } from './memory-log.ts';

/** What the first line of the script says. */
export interface FollowRequest {
  readonly file: string;
  readonly nonce: string;
  readonly inode: string;
  readonly offset: string;
  readonly count: number;
  readonly why: string;
}

/** Undefined where the text is not the script that follows a file, whole. */
export function readFollowRequest(text: string): FollowRequest | undefined {
  const end = text.indexOf('\n');
  if (end < 0 || text.slice(end + 1) !== FOLLOW_SCRIPT) return undefined;
  const words = [...text.slice(0, end).matchAll(/'((?:[^']|'\\'')*)'/g)];
  const [file, nonce, inode, offset, count, why] = words.map(([, word = '']) =>
    word.replaceAll(String.raw`'\''`, "'"),
  );
  if (file === undefined || nonce === undefined || inode === undefined) return undefined;
  if (offset === undefined || count === undefined || why === undefined) return undefined;
  return { file, nonce, inode, offset, count: Number(count), why };
}

/** Does what the script would do, without running anything: see `FOLLOW_SCRIPT` for the marks. */
export class FollowAnswer {
  readonly #log: MemoryLog;
  readonly #request: FollowRequest;
  readonly #output: Writable;
  readonly #now: () => number;
  #file: MemoryFile | undefined;
  #offset = 0;
  #isIdle = false;
  #stop: () => void = () => undefined;

  constructor(log: MemoryLog, request: FollowRequest, output: Writable, now: () => number) {
    this.#log = log;
    this.#request = request;
    this.#output = output;
    this.#now = now;
  }

  start(): void {
    const zone = -new Date(this.#now()).getTimezoneOffset();
    const size = Math.abs(zone);
    const two = (value: number): string => String(Math.trunc(value)).padStart(2, '0');
    const sign = zone < 0 ? '-' : '+';
    const seconds = String(Math.floor(this.#now() / 1000));
    this.#mark('clock', seconds, `${sign}${two(size / 60)}${two(size % 60)}`);
    this.#begin();
    const pump = (): void => this.#pump();
    const stopListening = this.#log.onChange(pump);
    this.#output.on('drain', pump);
    const beat = setInterval(() => this.#mark('alive'), 4000);
    this.#stop = () => {
      clearInterval(beat);
      stopListening();
      this.#output.off('drain', pump);
    };
    this.#pump();
  }

  stop(): void {
    this.#stop();
  }

  #begin(): void {
    const { inode, offset, count, why } = this.#request;
    const known = this.#log.files.find((file) => file.inode === inode);
    const live = this.#log.files.at(-1);
    this.#file = known ?? live;
    if (!this.#file) return;
    if (offset === 'last') this.#offset = lastLines(this.#file, count);
    else this.#offset = known || inode === '-' ? Number(offset) : 0;
    this.#mark('at', this.#file.inode, String(this.#offset), known || inode === '-' ? why : 'gap');
  }

  #pump(): void {
    while (this.#file && !this.#output.writableNeedDrain && !this.#output.destroyed) {
      const { size, inode } = this.#file;
      if (size > this.#offset) {
        const from = Math.max(this.#offset - OVERLAP_BYTES, 0);
        this.#mark('at', inode, String(from), 'more');
        this.#output.write(this.#file.slice(from, size));
        this.#offset = size;
        this.#isIdle = false;
        continue;
      }
      const { files } = this.#log;
      const next = files[files.indexOf(this.#file) + 1];
      if (this.#file === files.at(-1) || !next) {
        if (!this.#isIdle) this.#mark('idle');
        this.#isIdle = true;
        return;
      }
      this.#file = next;
      this.#offset = 0;
      this.#mark('at', next.inode, '0', 'rotated');
    }
  }

  #mark(...words: readonly string[]): void {
    this.#output.write(`\0${this.#request.nonce} ${words.join(' ')}\n`);
  }
}

function lastLines(file: MemoryFile, count: number): number {
  const bytes = file.slice(0, file.size);
  let at = bytes.length;
  for (let line = 0; line <= count && at > 0; line += 1) {
    at = bytes.lastIndexOf(10, at - 1);
    if (at < 0) return 0;
  }
  return Math.min(at + 1, bytes.length);
}
