import { MOVE_REASONS, type MoveReason } from './log-position.ts';

/** What the host's end of a followed file says. */
export type FollowEvent =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | {
      readonly kind: 'move';
      readonly inode: string;
      readonly offset: number;
      readonly reason: MoveReason;
    }
  | { readonly kind: 'clock'; readonly seconds: number; readonly zoneMinutes: number }
  | { readonly kind: 'missing' | 'denied' | 'idle' | 'alive' };

const LONGEST_MARK = 200;
const LINE_FEED = 10;

/** Tells the bytes of the file from the marks between them. */
export class FollowStream {
  readonly #sign: Buffer;
  #held: Buffer = Buffer.alloc(0);

  /** The nonce is random, so that no file can hold a mark. */
  constructor(nonce: string) {
    this.#sign = Buffer.from(`\0${nonce} `, 'latin1');
  }

  push(chunk: Buffer): readonly FollowEvent[] {
    let rest = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const events: FollowEvent[] = [];
    for (;;) {
      const at = rest.indexOf(this.#sign);
      const end = at < 0 ? -1 : rest.indexOf(LINE_FEED, at);
      const bytes =
        at < 0 ? rest.subarray(0, rest.length - this.#openEnd(rest)) : rest.subarray(0, at);
      if (bytes.length > 0) events.push({ kind: 'bytes', bytes });
      rest = rest.subarray(bytes.length);
      if (end < 0) break;
      const words = rest.toString('latin1', this.#sign.length, end - at).split(' ');
      const event = readMark(words);
      if (event) events.push(event);
      rest = rest.subarray(end - at + 1);
    }
    // A mark is short; what has none of its end by then is none.
    if (rest.length > LONGEST_MARK) {
      events.push({ kind: 'bytes', bytes: rest });
      rest = rest.subarray(rest.length);
    }
    this.#held = Buffer.from(rest);
    return events;
  }

  /** How many of the last bytes may be the beginning of a mark. */
  #openEnd(bytes: Buffer): number {
    const from = Math.max(bytes.length - this.#sign.length + 1, 0);
    for (let at = bytes.indexOf(0, from); at >= 0; at = bytes.indexOf(0, at + 1)) {
      if (bytes.subarray(at).equals(this.#sign.subarray(0, bytes.length - at))) {
        return bytes.length - at;
      }
    }
    return 0;
  }
}

function readMark([word, ...values]: readonly string[]): FollowEvent | undefined {
  switch (word) {
    case 'at':
      return readMove(values);
    case 'clock':
      return readClock(values);
    case 'missing':
    case 'denied':
    case 'idle':
    case 'alive':
      return { kind: word };
    default:
      return undefined;
  }
}

function readMove([inode = '', offset = '', why]: readonly string[]): FollowEvent | undefined {
  const reason = MOVE_REASONS.find((one) => one === why);
  if (!reason || !/^\d{1,20}$/.test(inode) || !/^\d{1,15}$/.test(offset)) return undefined;
  return { kind: 'move', inode, offset: Number(offset), reason };
}

/** `date +%s` and `date +%z`: seconds since 1970 and the zone, such as `+0130`. */
function readClock([seconds = '', zone = '']: readonly string[]): FollowEvent | undefined {
  const match = /^([+-])(\d\d)(\d\d)$/.exec(zone);
  if (!match || !/^\d{1,12}$/.test(seconds)) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return {
    kind: 'clock',
    seconds: Number(seconds),
    zoneMinutes: match[1] === '-' ? -minutes : minutes,
  };
}
