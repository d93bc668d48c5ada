import { describe, expect, it, vi } from 'vitest';
import { reducedTo, widthOf } from '../../../../renderer/features/console/last-frame.ts';
import {
  HeldScreens,
  MOST_HELD,
  sightOf,
} from '../../../../renderer/features/console/wall/held-screens.ts';
import {
  columnsFor,
  MOST_SCREENS,
  screensOf,
  tileAfter,
} from '../../../../renderer/features/console/wall/wall-grid.ts';
import { fakeEntity, fakeId } from '../../../fakes/fake-entities.ts';

describe('the tiles of a wall', () => {
  it('are as large as fit, all at once', () => {
    expect([1, 2, 4, 24].map((count) => columnsFor(count, 1280, 700))).toEqual([1, 2, 3, 6]);
  });

  it('are never too small to be read: then they are scrolled', () => {
    expect([columnsFor(200, 1280, 700), columnsFor(3, 150, 700), columnsFor(3, 0, 0)]).toEqual([
      7, 1, 1,
    ]);
  });

  it('are gone through by the arrow keys, and not beyond their ends', () => {
    const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'x'];
    const from = (at: number) => keys.map((key) => tileAfter(key, at, { count: 7, columns: 3 }));
    expect([from(4), from(0)]).toEqual([
      [3, 5, 1, undefined, 0, 6, undefined],
      [undefined, 1, undefined, 3, 0, 6, undefined],
    ]);
  });
});

it('shows the machines that are given and those of the hypervisors, each once, by name', () => {
  const host = fakeEntity('atoll@archipel.test', { kind: 'hypervisor' });
  const on = (name: string) => fakeEntity(`${name}@archipel.test`, { hypervisor: host.id });
  const [ten, two] = [on('web-10'), on('web-2')];
  const other = fakeEntity('db@archipel.test');
  const person = fakeEntity('ada@archipel.test', { kind: 'user' });
  const names = (given: Parameters<typeof screensOf>[0]) =>
    screensOf(given, [ten, two, other, host, person]).shown.map(({ name }) => name);
  expect([names([host, ten]), names([other, person]), names([person])]).toEqual([
    ['web-2', 'web-10'],
    ['db'],
    [],
  ]);
});

it('shows the first of very many machines, and tells how many there are', () => {
  const host = fakeEntity('atoll@archipel.test', { kind: 'hypervisor' });
  const many = Array.from({ length: MOST_SCREENS + 1 }, (_, at) =>
    fakeEntity(`web-${at}@archipel.test`, { hypervisor: host.id }),
  );
  const { shown, count } = screensOf([host], many.toReversed());
  expect([shown.length, count]).toEqual([MOST_SCREENS, MOST_SCREENS + 1]);
  expect([shown[0], shown.at(-1)]).toEqual([many[0], many[MOST_SCREENS - 1]]);
  expect(screensOf(many.slice(1), []).shown).toHaveLength(MOST_SCREENS);
});

describe('the screens of a wall that nobody sees', () => {
  const [first, second, third, fourth, fifth] = [
    fakeId('vm1@archipel.test'),
    fakeId('vm2@archipel.test'),
    fakeId('vm3@archipel.test'),
    fakeId('vm4@archipel.test'),
    fakeId('vm5@archipel.test'),
  ];
  const screens = [first, second, third, fourth, fifth];
  const resting = (held: HeldScreens) => screens.filter((screen) => held.isResting(screen));

  it('are held up to a number; then those that went out of sight first let go', () => {
    const held = new HeldScreens(() => false, 3);
    for (const screen of [first, second, third]) held.see(screen, 'in-sight');
    held.see(second, 'scrolled-away');
    held.see(first, 'scrolled-away');
    expect(resting(held)).toEqual([]);
    held.see(fourth, 'in-sight');
    expect(resting(held)).toEqual([second]);
    held.see(fifth, 'in-sight');
    expect(resting(held)).toEqual([first, second]);
    // What is in sight is held, however many it is.
    held.see(second, 'in-sight');
    expect(resting(held)).toEqual([first]);
    held.see(fourth, 'scrolled-away');
    expect(resting(held)).toEqual([first, fourth]);
  });

  it('do not count where they are gone, or were never seen', () => {
    const held = new HeldScreens(() => false, 2);
    held.see(first, 'in-sight');
    held.see(second, 'in-sight');
    held.see(first, 'scrolled-away');
    held.see(second, 'scrolled-away');
    held.see(third, 'scrolled-away');
    expect(resting(held)).toEqual([]);
    held.forget(first);
    held.see(third, 'in-sight');
    expect(resting(held)).toEqual([]);
    expect(MOST_HELD).toBeLessThan(MOST_SCREENS);
  });

  it('are all held while the wall is hidden, and when it comes back, however many it shows', () => {
    const held = new HeldScreens(() => false, 2);
    const shown = [first, second, third, fourth];
    for (const sight of ['in-sight', 'hidden', 'in-sight'] as const) {
      for (const screen of shown) held.see(screen, sight);
      expect(resting(held)).toEqual([]);
    }
    held.see(first, 'scrolled-away');
    expect(resting(held)).toEqual([first]);
  });

  it('are hidden with the wall where they have no place, or the window shows nothing', () => {
    const sights = ['visible', 'hidden'].map((visibilityState) => {
      vi.stubGlobal('document', { visibilityState });
      const tiles = [[], [{}]].map((rects) => ({ getClientRects: () => rects as never }));
      return tiles.map((tile) => sightOf(tile, false));
    });
    vi.unstubAllGlobals();
    expect(sights).toEqual([
      ['hidden', 'scrolled-away'],
      ['hidden', 'hidden'],
    ]);
    expect(sightOf({ getClientRects: () => [] as never }, true)).toBe('in-sight');
  });

  it('never let go while keys go to them', () => {
    const needed = new Set([first]);
    const held = new HeldScreens((screen) => needed.has(screen), 1);
    for (const screen of [first, second]) {
      held.see(screen, 'in-sight');
      held.see(screen, 'scrolled-away');
    }
    held.see(third, 'in-sight');
    expect(resting(held)).toEqual([second]);
    needed.clear();
    expect(resting(held)).toEqual([first, second]);
  });
});

it('reduces the last picture of a screen to a width, and never to nothing', () => {
  const size = (...[wide, high, most]: [number, number, number]) => {
    const { width, height } = reducedTo({ width: wide, height: high }, most);
    return [width, height];
  };
  expect(size(1920, 1080, 480)).toEqual([480, 270]);
  expect(size(1920, 1080, Infinity)).toEqual([1920, 1080]);
  expect(size(320, 200, 480)).toEqual([320, 200]);
  expect(size(320, 1, 100)).toEqual([100, 1]);
});

it('keeps of a screen as many pixels as its tile shows, and some where that has no place', () => {
  const widths = [1200, 180.5, 0].map((clientWidth) => widthOf({ clientWidth }, 2));
  expect(widths).toEqual([2400, 361, 480]);
});
