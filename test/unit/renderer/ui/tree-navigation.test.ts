import { describe, expect, it } from 'vitest';
import {
  TypedName,
  treeStep,
  typeahead,
  type TreeRow,
} from '../../../../renderer/ui/tree-navigation.ts';

function row(key: string, level: number, expanded?: boolean): TreeRow {
  return { key, level, expanded, label: key, setSize: 1, position: 1 };
}

const rows = [
  row('Paris', 1, true),
  row('atoll-01', 2, true),
  row('web-01', 3),
  row('web-02', 3),
  row('atoll-02', 2, false),
  row('Lyon', 1, false),
];

describe('keys in a tree', () => {
  it.each([
    ['ArrowDown', 1, { go: 2 }],
    ['ArrowDown', 5, { go: 5 }],
    ['ArrowDown', -1, { go: 0 }],
    ['ArrowUp', 1, { go: 0 }],
    ['ArrowUp', -1, { go: 5 }],
    ['Home', 4, { go: 0 }],
    ['End', 0, { go: 5 }],
    ['PageDown', 1, { go: 5 }],
    ['PageUp', 5, { go: 1 }],
    ['ArrowLeft', 3, { go: 1 }],
    ['ArrowLeft', 1, { toggle: 'atoll-01' }],
    ['ArrowLeft', 4, { go: 0 }],
    ['ArrowLeft', 5, undefined],
    ['ArrowRight', 4, { toggle: 'atoll-02' }],
    ['ArrowRight', 1, { go: 2 }],
    ['ArrowRight', 2, undefined],
    ['Enter', 2, { activate: 'web-01' }],
    ['Enter', -1, undefined],
    ['q', 0, undefined],
  ])('makes %s on row %i into %j', (key, index, step) => {
    expect(treeStep(rows, index, key, 4)).toEqual(step);
  });

  it('means nothing in an empty tree', () => {
    expect(treeStep([], -1, 'ArrowDown', 4)).toBeUndefined();
  });
});

describe('typing ahead in a tree', () => {
  it('goes to the next row with that letter, and round to the first', () => {
    expect([typeahead(rows, 2, 'w'), typeahead(rows, 3, 'w')]).toEqual([3, 2]);
  });

  it('stays on the row while a longer text still fits it', () => {
    expect(typeahead(rows, 3, 'WEB-02')).toBe(3);
  });

  it('goes nowhere when nothing fits', () => {
    expect(typeahead(rows, 0, 'x')).toBeUndefined();
  });
});

describe('a name that is typed', () => {
  it('goes on with the next letter, a space too, until nothing was typed for a while', () => {
    const name = new TypedName();
    expect(name.goesOnAt(0)).toBe(false);
    expect([name.add('d', 1000), name.add('b', 1500)]).toEqual(['d', 'db']);
    expect(name.goesOnAt(2200)).toBe(true);
    expect(name.add(' ', 2200)).toBe('db ');
    expect(name.goesOnAt(2901)).toBe(false);
    expect(name.add('x', 2901)).toBe('x');
  });
});
