import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Measure } from '../../core/contract/app.ts';

const MOST = 500;
const DELAY_PERIOD_MS = 5_000;
const WORTH_NOTING_MS = 50;

/** A bounded ring of what the app measured in itself. Nothing of it leaves the machine. */
export class Measures {
  readonly #ring: Measure[] = [];
  readonly #startedAt: number;
  readonly #reached = new Set<string>();

  /** `startedAt`: when the process was created, in milliseconds since 1970. */
  constructor(startedAt = performance.timeOrigin) {
    this.#startedAt = startedAt;
  }

  note(kind: Measure['kind'], name: string, milliseconds: number): void {
    this.#ring.push({ at: Date.now(), kind, name, milliseconds });
    if (this.#ring.length > MOST) this.#ring.shift();
  }

  /** A phase that began when the process did, the first time it is reached. */
  phase(name: string): void {
    if (this.#reached.has(name)) return;
    this.#reached.add(name);
    this.note('phase', name, Math.round(Date.now() - this.#startedAt));
  }

  list(): readonly Measure[] {
    return [...this.#ring];
  }

  /** Notes when this process's event loop was held up, until the returned function is called. */
  watchEventLoop(): () => void {
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    const timer = setInterval(() => {
      const worst = delay.max / 1e6;
      if (worst >= WORTH_NOTING_MS) this.note('event-loop', 'main', Math.round(worst));
      delay.reset();
    }, DELAY_PERIOD_MS);
    timer.unref();
    return () => {
      clearInterval(timer);
      delay.disable();
    };
  }
}
