import { describe, expect, it } from 'vitest';
import type { Clock } from '../../../../node/xmpp/clock.ts';
import { LinkWatch } from '../../../../node/xmpp/keep-alive.ts';

const IDLE_MS = 60_000;
const ANSWER_MS = 20_000;

/** A clock whose timers fire when the process has its turn, however late that is. */
class StallingClock implements Clock {
  #now = 0;
  readonly #timers = new Set<{ readonly due: number; readonly run: () => void }>();

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { due: this.#now + delayMs, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** So much time passes at once, and then all that was due meanwhile fires. */
  pass(ms: number): void {
    this.#now += ms;
    for (const timer of [...this.#timers]) {
      if (timer.due > this.#now || !this.#timers.delete(timer)) continue;
      timer.run();
    }
  }
}

function watched() {
  const clock = new StallingClock();
  const told: string[] = [];
  const watch = new LinkWatch({
    clock,
    idleMs: IDLE_MS,
    answerMs: ANSWER_MS,
    probe: () => told.push('asked'),
    onDead: () => told.push('dead'),
  });
  return { clock, told, watch };
}

describe('what watches a link', () => {
  it('asks after a silence, and gives the link up when no answer comes', () => {
    const { clock, told } = watched();
    clock.pass(IDLE_MS);
    expect(told).toEqual(['asked']);
    clock.pass(ANSWER_MS - 1);
    expect(told).toEqual(['asked']);
    clock.pass(1);
    expect(told).toEqual(['asked', 'dead']);
  });

  it('reads what came while this process was held up before it gives the link up', () => {
    const { clock, told, watch } = watched();
    clock.pass(IDLE_MS);
    clock.pass(3 * ANSWER_MS);
    expect(told).toEqual(['asked']);
    watch.heard();
    clock.pass(ANSWER_MS);
    expect(told).toEqual(['asked']);
  });

  it('gives a link up after that, when nothing had come', () => {
    const { clock, told } = watched();
    clock.pass(IDLE_MS);
    clock.pass(3 * ANSWER_MS);
    clock.pass(5000);
    expect(told).toEqual(['asked', 'dead']);
  });
});
