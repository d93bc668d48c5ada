import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConsoleState } from '../../../../core/contract/consoles.ts';
import type { ConsoleFailure } from '../../../../core/domain/console-failure.ts';
import { ConsoleSession } from '../../../../renderer/features/console/console-session.svelte.ts';
import type { ConsoleListener, ConsoleStore } from '../../../../renderer/state/console-store.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';

// noVNC needs a browser; no screen is drawn here.
vi.mock('@novnc/novnc', () => import('../../../fakes/fake-novnc.ts'));

const entity = fakeId('web-01@archipel.test');

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A console whose connections end as the test says; nothing is ever drawn. */
function session(random = 1) {
  vi.spyOn(Math, 'random').mockReturnValue(random);
  const listeners: ConsoleListener[] = [];
  const closed: string[] = [];
  const store: Pick<ConsoleStore, 'open' | 'close' | 'setRate'> = {
    open: (_entity, listener) => `c${listeners.push(listener)}`,
    close: (key) => void closed.push(key),
    setRate: () => undefined,
  };
  const nowhere = {} as HTMLElement & HTMLCanvasElement;
  // Nothing else of a store, and nothing of the two places, is used before there is a picture.
  const made = new ConsoleSession(store as ConsoleStore, entity, {
    target: nowhere,
    last: nowhere,
  });
  const say = (state: ConsoleState): void => listeners.at(-1)?.changed(state);
  const end = (failure: ConsoleFailure): void =>
    say({ name: 'ended', error: { code: 'console', machine: 'web-01', failure } });
  const open = (): void =>
    say({ name: 'open', route: {}, keymap: undefined } as unknown as ConsoleState);
  const waits = (): number => (made.view.name === 'waiting' ? made.view.at - Date.now() : -1);
  return { made, listeners, closed, say, end, open, waits };
}

/** How long it waits after each of so many failures on end. */
async function waitsOf(random: number, failures: number): Promise<readonly number[]> {
  const { made, end, waits } = session(random);
  made.connect();
  const all: number[] = [];
  for (let attempt = 0; attempt < failures; attempt += 1) {
    end({ code: 'closed' });
    all.push(waits());
    await vi.advanceTimersByTimeAsync(waits());
  }
  return all;
}

describe('a console that lost its connection', () => {
  it('waits twice as long each time, and never more than 30 s', async () => {
    expect(await waitsOf(1, 8)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  });

  it('takes up to half of each wait but the first away, by chance', async () => {
    expect(await waitsOf(0, 4)).toEqual([1000, 1000, 2000, 4000]);
  });

  it('comes back once the wait is over, not before', async () => {
    const { made, listeners, closed, end } = session();
    made.connect();
    end({ code: 'closed' });
    expect(closed).toEqual(['c1']);
    await vi.advanceTimersByTimeAsync(999);
    expect([listeners.length, made.view.name]).toEqual([1, 'waiting']);
    await vi.advanceTimersByTimeAsync(1);
    expect([listeners.length, made.view.name]).toEqual([2, 'connecting']);
  });

  it('begins anew with the shortest wait once it was open', async () => {
    const { made, end, open, waits } = session();
    made.connect();
    end({ code: 'closed' });
    await vi.advanceTimersByTimeAsync(1000);
    end({ code: 'closed' });
    expect(waits()).toBe(2000);
    await vi.advanceTimersByTimeAsync(2000);
    open();
    end({ code: 'closed' });
    expect(waits()).toBe(1000);
  });

  it.each<ConsoleFailure>([
    { code: 'wrong-credentials', reason: '', wantsUsername: false },
    { code: 'too-large', width: 30_000, height: 30_000 },
  ])('does not come back by itself over $code', async (failure) => {
    const { made, listeners, end } = session();
    made.connect();
    end(failure);
    await vi.advanceTimersByTimeAsync(120_000);
    expect([listeners.length, made.view.name]).toEqual([1, 'failed']);
  });

  it('does not wait where its machine starts, or the user says so', async () => {
    const { made, listeners, end } = session();
    made.connect();
    end({ code: 'closed' });
    made.machineRuns(false);
    made.machineRuns(true);
    expect([listeners.length, made.view.name]).toEqual([2, 'connecting']);
    end({ code: 'closed' });
    made.connect();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([listeners.length, made.view.name]).toEqual([3, 'connecting']);
  });

  it('is tried again where the way to it could not be asked for, and not where it is denied', async () => {
    const { made, listeners, say } = session();
    made.connect();
    say({ name: 'ended', error: { code: 'timed-out', entity: 'web-01', seconds: 30 } });
    await vi.advanceTimersByTimeAsync(1000);
    expect([listeners.length, made.view.name]).toEqual([2, 'connecting']);
    say({ name: 'ended', error: { code: 'denied', entity: 'web-01', permission: 'vnc_display' } });
    await vi.advanceTimersByTimeAsync(120_000);
    expect([listeners.length, made.view.name]).toEqual([2, 'failed']);
  });

  it('is not looked for while its machine is off, and is once that starts', async () => {
    const { made, listeners, end } = session();
    made.machineRuns(false);
    expect([listeners.length, made.view.name]).toEqual([0, 'idle']);
    made.machineRuns(true);
    end({ code: 'closed' });
    made.machineRuns(false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([listeners.length, made.view.name]).toEqual([1, 'idle']);
    made.machineRuns(true);
    expect([listeners.length, made.view.name]).toEqual([2, 'connecting']);
  });

  it('waits for its machine where that went off while it was shown', async () => {
    const { made, listeners, open, end } = session();
    made.connect();
    open();
    made.machineRuns(false);
    expect(made.view.name).toBe('open');
    end({ code: 'closed' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([listeners.length, made.view.name]).toEqual([1, 'idle']);
  });

  it('stays away once it is stopped', async () => {
    const { made, listeners, end } = session();
    made.connect();
    end({ code: 'closed' });
    made.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([listeners.length, made.view.name]).toEqual([1, 'idle']);
  });
});

describe('a console that rests', () => {
  it.each(['connecting', 'open', 'waiting'] as const)('lets go of one that is %s', async (name) => {
    const { made, listeners, closed, open, end } = session();
    made.machineRuns(true);
    if (name === 'open') open();
    if (name === 'waiting') end({ code: 'closed' });
    expect(made.view.name).toBe(name);
    made.setResting(true);
    made.machineRuns(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([listeners.length, closed, made.view.name]).toEqual([1, ['c1'], 'idle']);
    made.setResting(false);
    expect([listeners.length, made.view.name]).toEqual([2, 'connecting']);
  });

  it('keeps what the user must mend, unless its machine starts anew meanwhile', () => {
    const { made, listeners, end } = session();
    made.machineRuns(true);
    end({ code: 'wrong-credentials', reason: '', wantsUsername: false });
    made.setResting(true);
    made.setResting(false);
    expect([listeners.length, made.view.name]).toEqual([1, 'failed']);
    made.setResting(true);
    made.machineRuns(false);
    made.machineRuns(true);
    expect([listeners.length, made.view.name]).toEqual([1, 'idle']);
    made.setResting(false);
    expect([listeners.length, made.view.name]).toEqual([2, 'connecting']);
  });

  it('is not looked for where its machine went off meanwhile', () => {
    const { made, listeners, open } = session();
    made.machineRuns(true);
    open();
    made.setResting(true);
    made.machineRuns(false);
    made.setResting(false);
    expect([listeners.length, made.view.name]).toEqual([1, 'idle']);
  });
});
