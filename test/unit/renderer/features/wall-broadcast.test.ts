import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BroadcastOutcome } from '../../../../core/contract/broadcast.ts';
import type { AppApi } from '../../../../core/contract/contract.ts';
import { ok } from '../../../../core/lib/result.ts';
import { WallBroadcast } from '../../../../renderer/features/console/wall/wall-broadcast.svelte.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';

const machine = fakeId('web-01@archipel.test');
const outcome: BroadcastOutcome = { entity: machine, isOpen: false, untypable: 0 };

const stoppedAt = (typed: number, all: number): BroadcastOutcome => ({
  ...{ entity: machine, isOpen: true, untypable: 0 },
  stopped: { typed, all },
});

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A wall on which one machine is chosen, and the user has agreed. */
async function begun(type: AppApi['broadcast']['type'] = async () => ok([outcome])) {
  const done = async () => ok(undefined);
  const api = { begin: done, end: done, press: async () => ok([]), type };
  const broadcast = new WallBroadcast(api, () => undefined);
  broadcast.choose(machine, true);
  await broadcast.begin();
  return broadcast;
}

describe('typing into screens of a wall', () => {
  it('compares what screens show now, and no picture that stayed of before', async () => {
    const drawImage = vi.fn();
    const getImageData = () => ({ data: new Uint8ClampedArray(4), width: 1, height: 1 });
    const context = { canvas: {}, drawImage, getImageData };
    vi.stubGlobal('document', { createElement: () => ({ getContext: () => context }) });
    const picture = { width: 8, height: 8 } as HTMLCanvasElement;
    const screen = { isDrawn: false, picture };
    const broadcast = await begun();
    broadcast.watch(machine, screen);
    const stop = broadcast.compare();
    vi.advanceTimersByTime(5_000);
    expect(drawImage).not.toHaveBeenCalled();
    screen.isDrawn = true;
    vi.advanceTimersByTime(5_000);
    expect(drawImage).toHaveBeenCalled();
    stop();
  });

  it('says what came of a line, and nothing once it is ended', async () => {
    const broadcast = await begun();
    await broadcast.type('uptime');
    expect(broadcast.outcomes).toEqual([outcome]);
    broadcast.end();
    let reply: () => void = () => undefined;
    const replied = new Promise<void>((resolve) => (reply = resolve));
    const other = await begun(() => replied.then(() => ok([outcome])));
    const typed = other.type('uptime');
    other.end();
    reply();
    await typed;
    expect([broadcast.outcomes, other.outcomes]).toEqual([[], []]);
  });

  it('says how far a line came that ended in the middle, and of those that waited with it', async () => {
    const replies = [stoppedAt(3, 7), stoppedAt(0, 5)];
    const broadcast = await begun(async () => ok([{ ...(replies.shift() ?? outcome) }]));
    await Promise.all([broadcast.type('uptime'), broadcast.type('date')]);
    expect(broadcast.stops).toEqual([{ typed: 3, all: 12, machines: [machine] }]);
    replies.push(stoppedAt(1, 5));
    await broadcast.type('date');
    expect(broadcast.stops).toEqual([{ typed: 1, all: 5, machines: [machine] }]);
    await broadcast.type('date');
    expect(broadcast.stops).toEqual([]);
  });

  it('tells of machines together that got as far', async () => {
    const [second, third] = [fakeId('web-02@archipel.test'), fakeId('web-03@archipel.test')];
    const [far, near] = [stoppedAt(3, 7), stoppedAt(2, 7)];
    const all = [far, { ...near, entity: second }, { ...far, entity: third }];
    const broadcast = await begun(async () => ok(all));
    await broadcast.type('uptime');
    expect(broadcast.stops).toEqual([
      { typed: 3, all: 7, machines: [machine, third] },
      { typed: 2, all: 7, machines: [second] },
    ]);
  });

  it('says of a line that was ended by hand how far it came, until others are chosen or it is begun anew', async () => {
    const replies: (() => void)[] = [];
    const broadcast = await begun(async () => {
      await new Promise<void>((resolve) => replies.push(resolve));
      return ok([stoppedAt(3, 7)]);
    });
    const ended = async (): Promise<void> => {
      const typed = broadcast.type('uptime');
      broadcast.end();
      replies.shift()?.();
      await typed;
    };
    const stops = [{ typed: 3, all: 7, machines: [machine] }];
    await ended();
    expect(broadcast.stops).toEqual(stops);
    await broadcast.begin();
    expect(broadcast.stops).toEqual([]);
    await ended();
    broadcast.choose(machine, true);
    expect(broadcast.stops).toEqual([]);
    await broadcast.begin();
    const late = broadcast.type('uptime');
    broadcast.end();
    await broadcast.begin();
    replies.shift()?.();
    await late;
    expect([broadcast.isOn, broadcast.stops]).toEqual([true, []]);
  });
});
