import { expect, it } from 'vitest';
import { compileText } from '../../../../core/keyboard/compile-text.ts';
import { chordsOf } from '../../../../core/keyboard/key-chords.ts';

it('presses each character with what it needs, though a modifier stays down in the plan', () => {
  expect(chordsOf(compileText('aAB€', { layout: 'fr' }))).toEqual([
    { scancodes: [0x10], typed: 1 },
    { scancodes: [0x2a, 0x10], typed: 2 },
    { scancodes: [0x2a, 0x30], typed: 3 },
    { scancodes: [0xb8, 0x12], typed: 4 },
  ]);
});

it('presses the keys of a dead letter in turn', () => {
  expect(chordsOf(compileText('ê', { layout: 'fr' })).map(({ scancodes }) => scancodes)).toEqual([
    [0x1a],
    [0x12],
  ]);
});

it('changes the group of a guest with both of its keys', () => {
  const plan = compileText('a', { layout: 'ru', group: 'own', groupSwitch: 'alt-shift' });
  expect(chordsOf(plan).map(({ scancodes }) => scancodes)).toEqual([
    [0x38, 0x2a],
    [0x1e],
    [0x38, 0x2a],
  ]);
});
