import { expect, it } from 'vitest';
import { KEY_COMBINATIONS, strokesOf } from '../../../../core/rfb/key-combinations.ts';

it('releases every key of a combination, in the other order', () => {
  for (const combination of Object.keys(KEY_COMBINATIONS)) {
    const strokes = strokesOf(combination);
    const down = strokes.filter(({ isDown }) => isDown).map(({ scancode }) => scancode);
    const up = strokes.filter(({ isDown }) => !isDown).map(({ scancode }) => scancode);
    expect(up).toEqual(down.toReversed());
    expect(new Set(down).size).toBe(down.length);
  }
  expect(strokesOf('Ctrl+Alt+F12').slice(0, 3)).toEqual([
    { keysym: 0xffe3, scancode: 0x1d, isDown: true },
    { keysym: 0xffe9, scancode: 0x38, isDown: true },
    { keysym: 0xffc9, scancode: 0x58, isDown: true },
  ]);
  expect(strokesOf('Nothing')).toEqual([]);
});
