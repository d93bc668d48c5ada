import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../../agent/hypervisor/simulated/manual-clock.ts';

describe('ManualClock', () => {
  it('runs what falls due in order, each at its own time', () => {
    const clock = new ManualClock(1000);
    const ran: [string, number][] = [];
    const note = (name: string) => () => ran.push([name, clock.now()]);
    clock.after(30, note('late'));
    clock.after(10, note('early'));
    clock.after(10, note('second'));
    clock.after(50, note('never'));
    clock.step(30);
    expect([ran, clock.now()]).toEqual([
      [
        ['early', 1010],
        ['second', 1010],
        ['late', 1030],
      ],
      1030,
    ]);
  });

  it('runs what is asked for while it steps, and not what was called off', () => {
    const clock = new ManualClock(0);
    const ran: number[] = [];
    const cancel = clock.after(25, () => ran.push(-1));
    clock.after(10, () => {
      cancel();
      clock.after(10, () => ran.push(clock.now()));
    });
    clock.step(100);
    expect(ran).toEqual([20]);
  });
});
