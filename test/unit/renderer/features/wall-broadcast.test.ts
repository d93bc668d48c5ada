import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { BroadcastOutcome } from '../../../../core/contract/broadcast.ts';
import type { AppApi } from '../../../../core/contract/contract.ts';
import { ok } from '../../../../core/lib/result.ts';
import { WallBroadcast } from '../../../../renderer/features/console/wall/wall-broadcast.svelte.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';

const machine = fakeId('web-01@archipel.test');
const outcome: BroadcastOutcome = { entity: machine, isOpen: false, untypable: 0 };

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
});
