import { randomBytes } from 'node:crypto';
import type { ClientChannel } from 'ssh2';
import type { Clock } from '../xmpp/clock.ts';
import { followScript, FOLLOW_COMMAND, OVERLAP_BYTES, type FollowFrom } from './follow-script.ts';
import { FollowStream, type FollowEvent } from './follow-stream.ts';
import { LineSplitter } from './line-splitter.ts';
import { LogCursor } from './log-position.ts';
import type { SshConnection } from './ssh-connection.ts';

/** What becomes of a followed file. */
export interface FollowSink {
  /** Whole lines in order. The host waits for as long as the promise does. */
  lines(lines: readonly string[]): Promise<void> | void;
  /** Here lines may be missing: the file was truncated or replaced. */
  gap(): void;
  /** The host's clock: its time and how far it is ahead of UTC. */
  clock(hostMs: number, zoneMinutes: number): void;
  /** Whether the file is there and may be read. */
  status(status: 'following' | 'missing' | 'denied'): void;
  /** All that there is for now was told. */
  caughtUp(): void;
}

const SILENCE_MS = 30_000;
const LONGEST_LINE = 64 * 1024;
const MOST_COMPLAINT = 500;

/** Why a file is not followed any more on this connection. */
export type FollowEnd =
  /** The file is another than it was: it is begun anew. */
  | { readonly name: 'replaced' }
  | { readonly name: 'ended'; readonly isHeard: boolean; readonly detail: string };

/**
 * Follows one file of a host over one connection after another. No line is lost or told twice: each
 * connection begins at the byte where the last one ended.
 */
export class FileFollower {
  readonly #file: string;
  readonly #sink: FollowSink;
  readonly #clock: Clock;
  readonly #cursor = new LogCursor(OVERLAP_BYTES);
  readonly #splitter = new LineSplitter(LONGEST_LINE);
  readonly #start: FollowFrom;
  #isReplaced = false;

  constructor(file: string, start: FollowFrom, sink: FollowSink, clock: Clock) {
    this.#file = file;
    this.#start = start;
    this.#sink = sink;
    this.#clock = clock;
  }

  /** Resolves when the connection or the host's end of it has ended. Throws `SshFailureError`. */
  async follow(connection: Pick<SshConnection, 'run'>): Promise<FollowEnd> {
    const channel = await connection.run(FOLLOW_COMMAND);
    const nonce = randomBytes(16).toString('hex');
    const complaint = complaintOf(channel);
    const stream = new FollowStream(nonce);
    let isHeard = false;
    let silent = this.#clock.after(SILENCE_MS, () => channel.destroy());
    channel.write(followScript(this.#file, nonce, this.#from()));
    this.#isReplaced = false;
    try {
      for await (const chunk of channel as AsyncIterable<Buffer>) {
        isHeard = true;
        silent();
        if (await this.#take(stream.push(chunk))) return { name: 'replaced' };
        silent = this.#clock.after(SILENCE_MS, () => channel.destroy());
      }
    } catch {
      // The stream says that it broke off; that it ended is all there is to know.
    } finally {
      silent();
      channel.destroy();
    }
    return { name: 'ended', isHeard, detail: complaint() };
  }

  #from(): FollowFrom {
    if (this.#isReplaced) return { kind: 'gap' };
    const { position } = this.#cursor;
    return position ? { kind: 'position', position } : this.#start;
  }

  /** Whether the file has turned out to be another one. */
  async #take(events: readonly FollowEvent[]): Promise<boolean> {
    for (const event of events) {
      switch (event.kind) {
        case 'bytes':
          if (!(await this.#takeBytes(event.bytes))) return true;
          break;
        case 'move':
          await this.#move(event);
          break;
        case 'clock':
          this.#sink.clock(event.seconds * 1000, event.zoneMinutes);
          break;
        case 'missing':
        case 'denied':
          this.#sink.status(event.kind);
          break;
        case 'idle':
          this.#sink.caughtUp();
          break;
        case 'alive':
          break;
      }
    }
    return false;
  }

  async #takeBytes(bytes: Buffer): Promise<boolean> {
    const fresh = this.#cursor.take(bytes);
    this.#isReplaced = fresh === undefined;
    if (!fresh) return false;
    const lines = this.#splitter.push(fresh);
    if (lines.length > 0) await this.#sink.lines(lines);
    return true;
  }

  async #move(event: Extract<FollowEvent, { readonly kind: 'move' }>): Promise<void> {
    this.#sink.status('following');
    const effect = this.#cursor.move(event.inode, event.offset, event.reason);
    if (effect === 'continues') return;
    const rest = this.#splitter.flush();
    if (rest.length > 0) await this.#sink.lines(rest);
    if (effect === 'misses') this.#sink.gap();
  }
}

/** The last that the host said on standard error. */
function complaintOf(channel: ClientChannel): () => string {
  let text = '';
  channel.stderr.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-MOST_COMPLAINT);
  });
  return () => text.trim();
}
