import { describe, expect, it } from 'vitest';
import {
  columnsFor,
  MOST_SCREENS,
  screensOf,
  tileAfter,
} from '../../../../renderer/features/console/wall/wall-grid.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';

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
