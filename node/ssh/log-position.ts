/** Where a reader is in a file that grows, is rotated and is truncated. */
export interface LogPosition {
  /** Decimal: some file systems have more than 53 bits of them. */
  readonly inode: string;
  /** Bytes from the beginning. */
  readonly offset: number;
  /** The bytes before `offset`, by which the file is known to be the same: at most `OVERLAP_BYTES`. */
  readonly tail: Buffer;
}

/** Why the next bytes come from where they come from. */
export type MoveReason = 'start' | 'more' | 'resumed' | 'rotated' | 'truncated' | 'gap';
export const MOVE_REASONS: readonly MoveReason[] = [
  'start',
  'more',
  'resumed',
  'rotated',
  'truncated',
  'gap',
];

/** What a reader does about a move. */
export type MoveEffect =
  | 'continues'
  /** A new file begins: what is left of a line is a line. */
  | 'begins'
  /** As `begins`, and lines may be missing before it. */
  | 'misses';

/**
 * Counts the bytes that arrive, takes out those that were there already, and notices where the file
 * is not the one it was.
 */
export class LogCursor {
  readonly #overlapBytes: number;
  #inode: string | undefined;
  /** Where the next new byte is. */
  #offset = 0;
  #tail: Buffer = Buffer.alloc(0);
  /** Where the next byte that arrives is. */
  #arriving = 0;

  constructor(overlapBytes: number) {
    this.#overlapBytes = overlapBytes;
  }

  /** Undefined before the host has said where it begins. */
  get position(): LogPosition | undefined {
    if (this.#inode === undefined) return undefined;
    return { inode: this.#inode, offset: this.#offset, tail: this.#tail };
  }

  move(inode: string, offset: number, reason: MoveReason): MoveEffect {
    const isSame = inode === this.#inode;
    this.#arriving = offset;
    if (isSame && (reason === 'more' || reason === 'resumed') && offset <= this.#offset) {
      return 'continues';
    }
    const isFirst = this.#inode === undefined;
    this.#inode = inode;
    this.#offset = offset;
    this.#tail = Buffer.alloc(0);
    if (isFirst || reason === 'rotated' || reason === 'start') return 'begins';
    return 'misses';
  }

  /** The bytes that are new; undefined where what was there before is not what it was. */
  take(bytes: Buffer): Buffer | undefined {
    const at = this.#arriving;
    this.#arriving += bytes.length;
    const known = Math.min(Math.max(this.#offset - at, 0), bytes.length);
    if (known > 0 && !this.#isAsBefore(bytes.subarray(0, known), at)) return undefined;
    const fresh = bytes.subarray(known);
    if (fresh.length > 0) {
      this.#offset += fresh.length;
      this.#remember(fresh);
    }
    return fresh;
  }

  #isAsBefore(bytes: Buffer, at: number): boolean {
    const tailAt = this.#offset - this.#tail.length;
    // What came before the tail was never seen, or is not remembered.
    const skipped = Math.max(tailAt - at, 0);
    const seen = bytes.subarray(Math.min(skipped, bytes.length));
    const from = Math.max(at - tailAt, 0);
    return seen.equals(this.#tail.subarray(from, from + seen.length));
  }

  #remember(fresh: Buffer): void {
    const joined = fresh.length >= this.#overlapBytes ? fresh : Buffer.concat([this.#tail, fresh]);
    // A copy, or the whole chunk would be kept.
    this.#tail = Buffer.from(joined.subarray(-this.#overlapBytes));
  }
}
