import { joinBytes } from './integers.ts';

/**
 * What a walk over a stream wants next. `read` hands it bytes and holds them back; `forward` lets
 * what is held pass and so many more after it; `drop` does away with both.
 */
export interface Step {
  readonly kind: 'read' | 'forward' | 'drop';
  readonly bytes: number;
}

/** Follows a stream of bytes, whose cuts it does not see, from border to border of its messages. */
export type Walk<Result = void> = Generator<Step, Result, Uint8Array>;

export function* read(bytes: number): Walk<Uint8Array> {
  return yield { kind: 'read', bytes };
}

/** Lets what was read pass, and so many bytes that nobody looks at. */
export function* forward(bytes = 0): Walk {
  yield { kind: 'forward', bytes };
}

export function* drop(bytes = 0): Walk {
  yield { kind: 'drop', bytes };
}

const NOTHING = new Uint8Array(0);

/** Leads a walk through bytes as they come, and gives back what it lets pass. */
export class ByteWalker {
  readonly #walk: Walk;
  #step: Step | undefined;
  /** Bytes that the step still wants. */
  #wanted = 0;
  /** What the step at hand has read so far. */
  #partial: Uint8Array[] = [];
  /** What earlier steps read and no step has let pass yet. */
  #held: Uint8Array[] = [];
  #passed: Uint8Array[] = [];

  constructor(walk: Walk) {
    this.#walk = walk;
    this.#next(NOTHING);
  }

  /** Takes the next bytes; returns what passed. Throws what the walk throws. */
  push(chunk: Uint8Array): Uint8Array {
    let rest = chunk;
    while (this.#step !== undefined && (rest.length > 0 || this.#wanted === 0)) {
      const part = rest.subarray(0, this.#wanted);
      rest = rest.subarray(part.length);
      this.#wanted -= part.length;
      this.#take(this.#step, part);
      if (this.#wanted === 0) this.#complete(this.#step);
    }
    const passed = this.#passed.length === 1 ? this.#passed[0] : joinBytes(this.#passed);
    this.#passed = [];
    return passed ?? NOTHING;
  }

  /** Puts bytes of our own behind what has passed; they come out with it, or with the next push. */
  insert(bytes: Uint8Array): void {
    this.#passed.push(bytes);
  }

  #take(step: Step, part: Uint8Array): void {
    if (part.length === 0) return;
    if (step.kind === 'read') this.#partial.push(part);
    else if (step.kind === 'forward') this.#passed.push(part);
  }

  #complete(step: Step): void {
    if (step.kind !== 'read') {
      this.#next(NOTHING);
      return;
    }
    const [only = NOTHING] = this.#partial;
    const whole = this.#partial.length < 2 ? only : joinBytes(this.#partial);
    this.#partial = [];
    this.#held.push(whole);
    this.#next(whole);
  }

  #next(given: Uint8Array): void {
    const { value, done } = this.#walk.next(given);
    this.#step = done === true ? undefined : value;
    if (this.#step === undefined) return;
    this.#wanted = this.#step.bytes;
    if (this.#step.kind === 'forward') this.#passed.push(...this.#held);
    if (this.#step.kind !== 'read') this.#held = [];
  }
}
