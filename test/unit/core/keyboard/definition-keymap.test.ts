import { expect, it } from 'vitest';
import { keymapOf } from '../../../../core/keyboard/definition-keymap.ts';
import { el } from '../../../../core/xml/element.ts';
import { readerOf } from '../../../../core/xml/reader.ts';

function domain(...graphics: readonly Readonly<Record<string, string>>[]) {
  const screens = graphics.map((attributes) => el('graphics', attributes));
  return readerOf(el('domain', {}, [el('name', {}, ['web-01']), el('devices', {}, screens)]));
}

it('finds the keymap of the first screen that has one', () => {
  const screens = [{ type: 'sdl' }, { type: 'vnc', keymap: 'fr' }, { type: 'spice', keymap: 'de' }];
  expect(keymapOf(domain(...screens))).toBe('fr');
});

it('finds none in a definition without screens or keymaps', () => {
  expect(keymapOf(domain())).toBeUndefined();
  expect(keymapOf(domain({ type: 'vnc', keymap: '' }))).toBeUndefined();
});
