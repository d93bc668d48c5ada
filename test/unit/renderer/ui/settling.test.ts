import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Settling } from '../../../../renderer/ui/settling.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('what is held back', () => {
  it('is done once, as asked last, when nothing more comes', () => {
    const done: number[] = [];
    const settling = new Settling();
    for (const value of [1, 2, 3]) settling.later(() => done.push(value));
    vi.advanceTimersByTime(1000);
    expect(done).toEqual([3]);
  });

  it('is done at once when it must be, and never when it is forgotten', () => {
    const done: number[] = [];
    const settling = new Settling();
    settling.later(() => done.push(1));
    settling.now();
    settling.later(() => done.push(2));
    settling.stop();
    vi.advanceTimersByTime(1000);
    expect(done).toEqual([1]);
  });
});
