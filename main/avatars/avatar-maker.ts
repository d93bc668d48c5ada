import type { AvatarCodec, AvatarRefusal } from '../../client/ports.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { MOST_PICTURE_BYTES } from './make-avatar.ts';

/** Longer than any picture within the bounds takes, also on a slow machine that is busy. */
const JOB_MS = 10_000;
/** A timer that is later than this slept with the computer, and the thread had less time than it says. */
const LATE_MS = 10_000;
const IDLE_MS = 10_000;
const MOST_WAITING = 512;
const MOST_WAITING_BYTES = 16 * MOST_PICTURE_BYTES;
/** More than 96 × 96 pixels can take. */
const MOST_MADE_BYTES = 65_536;

/** What a thread says. After its end it says nothing. */
export interface AvatarThreadEvents {
  made(avatar: unknown): void;
  ended(cause: unknown): void;
}

/** A thread that makes avatars, one at a time. */
export interface AvatarThread {
  make(picture: Uint8Array): void;
  end(): void;
}

export interface AvatarMakerPorts {
  readonly start: (events: AvatarThreadEvents) => AvatarThread;
  readonly clock: Clock;
  /** Told when a thread ended that nobody ended. */
  readonly report: (cause: unknown) => void;
}

interface Job {
  readonly picture: Uint8Array;
  readonly settle: (result: Result<Uint8Array, AvatarRefusal>) => void;
}

/**
 * Has avatars made by a thread that is there only while it has something to do. A picture over which it takes
 * too long or ends is unreadable, and the next has a new thread; when too many wait, more are refused for now,
 * as is a picture for which there was no thread, or over which the computer slept.
 */
export class AvatarMaker implements AvatarCodec {
  readonly #ports: AvatarMakerPorts;
  #waiting: Job[] = [];
  #waitingBytes = 0;
  #job: Job | undefined;
  #thread: AvatarThread | undefined;
  /** Calls off what becomes of the thread when its time is over. */
  #callOff: () => void = () => undefined;

  constructor(ports: AvatarMakerPorts) {
    this.#ports = ports;
  }

  async toAvatar(picture: Uint8Array): Promise<Result<Uint8Array, AvatarRefusal>> {
    const { byteLength } = picture;
    if (byteLength > MOST_PICTURE_BYTES) return err('unreadable');
    const isFull =
      this.#waiting.length >= MOST_WAITING || this.#waitingBytes + byteLength > MOST_WAITING_BYTES;
    if (isFull) return err('later');
    return new Promise((settle) => {
      this.#waiting.push({ picture, settle });
      this.#waitingBytes += byteLength;
      this.#next();
    });
  }

  /** Ends the thread; what waits is refused for now. */
  stop(): void {
    for (const { settle } of this.#waiting.splice(0)) settle(err('later'));
    this.#waitingBytes = 0;
    this.#job?.settle(err('later'));
    this.#job = undefined;
    this.#end();
  }

  #next(): void {
    if (this.#job) return;
    this.#callOff();
    const job = this.#waiting.shift();
    if (!job) {
      this.#callOff = this.#ports.clock.after(IDLE_MS, () => this.#end());
      return;
    }
    this.#waitingBytes -= job.picture.byteLength;
    this.#job = job;
    const { clock } = this.#ports;
    const due = clock.now() + JOB_MS;
    this.#callOff = clock.after(JOB_MS, () => {
      this.#lose(clock.now() > due + LATE_MS ? 'later' : 'unreadable');
    });
    try {
      this.#thread ??= this.#start();
      this.#thread.make(job.picture);
    } catch (cause) {
      // The system has no thread to give.
      this.#ports.report(cause);
      this.#lose('later');
    }
  }

  #start(): AvatarThread {
    const thread: AvatarThread = this.#ports.start({
      made: (avatar) => {
        if (this.#thread === thread) this.#settle(judged(avatar));
      },
      ended: (cause) => {
        if (this.#thread !== thread) return;
        this.#ports.report(cause);
        this.#lose(isUnstarted(cause) ? 'later' : 'unreadable');
      },
    });
    return thread;
  }

  #settle(result: Result<Uint8Array, AvatarRefusal>): void {
    const job = this.#job;
    this.#job = undefined;
    job?.settle(result);
    this.#next();
  }

  /** Gives up the picture at hand together with the thread. */
  #lose(why: AvatarRefusal): void {
    this.#end();
    this.#settle(err(why));
  }

  #end(): void {
    this.#callOff();
    const thread = this.#thread;
    this.#thread = undefined;
    thread?.end();
  }
}

/** Whether a thread ended before it ran: the system had no files or memory left for it. */
function isUnstarted(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_INIT_FAILED';
}

/** What a thread answered, if it can be an avatar. */
function judged(avatar: unknown): Result<Uint8Array, AvatarRefusal> {
  const isMade = avatar instanceof Uint8Array && avatar.byteLength <= MOST_MADE_BYTES;
  return isMade ? ok(avatar) : err('unreadable');
}
