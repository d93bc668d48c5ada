import { describe, expect, it } from 'vitest';
import { FrameRing } from '../../../../renderer/features/console/rewind/frame-ring.ts';
import { PastDisk } from '../../../../renderer/features/console/rewind/past-disk.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { SharedBudget } from '../../../../renderer/state/shared-budget.ts';

const MINUTE = 60_000;
const roomy = { lengthMs: 10 * MINUTE, bytes: 1_000_000, diskBytes: 10_000_000 };

/** A picture of 40 × 20, whose last squares are not whole, with one pixel of a colour. */
function picture(at: number, colour: number, width = 40, height = 20) {
  const pixels = new Uint8ClampedArray(width * height * 4);
  pixels.fill(colour, at * 4, at * 4 + 4);
  return { width, height, pixels };
}

/** Nothing in it can be squeezed. */
function noise(seed: number) {
  const { width, height, pixels } = picture(0, 0);
  let state = seed + 1;
  for (let at = 0; at < pixels.length; at += 1) {
    state = Math.imul(state, 1_664_525) + 1_013_904_223;
    pixels[at] = state >>> 24;
  }
  return { width, height, pixels };
}

describe('the last minutes of a screen', () => {
  it('are the very pictures that were shown, of each moment at which one changed', async () => {
    const ring = new FrameRing(roomy);
    const shown = [picture(0, 9), picture(799, 5), picture(799, 5), picture(410, 7)];
    for (const [second, one] of shown.entries()) await ring.note(one, second * 1_000);
    expect(ring.moments.map(({ at }) => at)).toEqual([0, 1_000, 3_000]);
    const pictures = await Promise.all([0, 1, 2, 3].map((index) => ring.picture(index)));
    expect(pictures).toEqual([shown[0], shown[1], shown[3], undefined]);
  });

  it('go on when the screen changes its size', async () => {
    const ring = new FrameRing(roomy);
    const [before, after] = [picture(0, 9), picture(3, 8, 64, 32)];
    await ring.note(before, 0);
    await ring.note(after, 1_000);
    expect([await ring.picture(0), await ring.picture(1)]).toEqual([before, after]);
  });

  it('go back no further than they should, give or take a stretch', async () => {
    const ring = new FrameRing({ ...roomy, lengthMs: MINUTE });
    for (let second = 0; second < 300; second += 1) {
      await ring.note(picture(second % 800, 200), second * 1_000);
    }
    const oldest = ring.moments[0]?.at ?? 0;
    expect(oldest).toBeGreaterThanOrEqual(178_000);
    expect(await ring.picture(ring.moments.length - 1)).toEqual(picture(299, 200));
  });

  it('take no more memory than they may, however much the screen changes', async () => {
    const ring = new FrameRing({ ...roomy, bytes: 40_000 });
    for (let second = 0; second < 200; second += 1) {
      await ring.note(noise(second), second * 1_000);
      expect(ring.bytes).toBeLessThanOrEqual(40_000);
    }
    expect(await ring.picture(ring.moments.length - 1)).toEqual(noise(199));
  });

  it('leave out a screen that is too large to be kept', async () => {
    const ring = new FrameRing(roomy);
    const pixels = new Uint8ClampedArray(0);
    await ring.note({ width: 30_000, height: 30_000, pixels }, 0);
    expect(ring.moments).toEqual([]);
  });
});

it('drops the oldest of all screens where they take too much together', async () => {
  const budget = new SharedBudget(16_000);
  const [one, other] = [new FrameRing(roomy), new FrameRing(roomy)];
  budget.join(one);
  budget.join(other);
  for (let second = 0; second < 4; second += 1) {
    await one.note(noise(second), second * 1_000);
    await other.note(noise(second), 100_000 + second * 1_000);
    budget.settle();
  }
  expect(one.bytes + other.bytes).toBeLessThanOrEqual(16_000);
  expect([one.moments.length, other.moments.length]).toEqual([1, 3]);
});

/** A disk as main serves it, with what is on it; it can be made to be full. */
function disk() {
  const pieces = new Map<string, Uint8Array>();
  const state = { isFull: false, count: 0 };
  const made = new PastDisk({
    keep: async ({ bytes }) => {
      if (state.isFull) return err({ code: 'storage-unwritable', file: 'f', detail: 'full' });
      pieces.set(`p${(state.count += 1)}`, bytes);
      return ok(`p${state.count}`);
    },
    read: async ({ piece }) => {
      const bytes = pieces.get(piece);
      return bytes ? ok(bytes) : err({ code: 'not-found', what: piece });
    },
    forget: async ({ pieces: names }) => {
      for (const name of names) pieces.delete(name);
      return ok(undefined);
    },
  });
  return { made, pieces, state };
}

describe('the last minutes of a screen that may go to the disk', () => {
  const small = { ...roomy, bytes: 40_000 };
  const SECONDS = 200;

  /** A ring that was shown more than its memory holds. */
  async function filled(limits = small, onDisk = disk()) {
    const ring = new FrameRing(limits);
    ring.disk = onDisk.made;
    for (let second = 0; second < SECONDS; second += 1) {
      await ring.note(noise(second), second * 1_000);
      expect(ring.bytes).toBeLessThanOrEqual(limits.bytes);
    }
    return { ring, ...onDisk };
  }

  it('are all there, those beyond memory too', async () => {
    const { ring, pieces } = await filled();
    expect([ring.moments.length, pieces.size > 0]).toEqual([SECONDS, true]);
    const shown = await Promise.all([0, 60, 150, 199].map((index) => ring.picture(index)));
    expect(shown).toEqual([0, 60, 150, 199].map(noise));
  });

  it('are all there of a screen of which most changes, and never all of it', async () => {
    const ring = new FrameRing(small);
    const { made, pieces } = disk();
    ring.disk = made;
    const shown = Array.from({ length: 60 }, (_none, second) => {
      const one = noise(second);
      one.pixels.fill(7, one.pixels.length / 2);
      return one;
    });
    for (const [second, one] of shown.entries()) {
      await ring.note(one, second * 1_000);
      expect(ring.bytes).toBeLessThanOrEqual(small.bytes);
    }
    expect([ring.moments.length, pieces.size > 0]).toEqual([60, true]);
    expect(await Promise.all([0, 30, 59].map((index) => ring.picture(index)))).toEqual(
      [0, 30, 59].map((index) => shown[index]),
    );
  });

  it('leave nothing on it that is older than they go back, nor more than they may', async () => {
    const old = await filled({ ...small, lengthMs: MINUTE });
    expect(old.ring.moments[0]?.at).toBeGreaterThanOrEqual(60_000);
    const bounded = await filled({ ...small, diskBytes: 200_000 });
    const bytes = [...bounded.pieces.values()].reduce((sum, { length }) => sum + length, 0);
    expect(bytes).toBeLessThanOrEqual(400_000);
    expect(await bounded.ring.picture(0)).toEqual(
      noise((bounded.ring.moments[0]?.at ?? 0) / 1_000),
    );
  });

  it('leave nothing on it once it is not wanted any more', async () => {
    const { ring, pieces } = await filled();
    ring.disk = undefined;
    await expect.poll(() => pieces.size).toBe(0);
    expect(await ring.picture(ring.moments.length - 1)).toEqual(noise(SECONDS - 1));
  });

  it('are as short as memory is where the disk is full', async () => {
    const full = disk();
    full.state.isFull = true;
    const { ring, pieces } = await filled(small, full);
    expect([ring.moments.length < SECONDS, pieces.size]).toEqual([true, 0]);
    expect(await ring.picture(ring.moments.length - 1)).toEqual(noise(SECONDS - 1));
  });
});
