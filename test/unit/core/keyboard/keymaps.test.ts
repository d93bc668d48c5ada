import { describe, expect, it } from 'vitest';
import { compileText, eventsOf } from '../../../../core/keyboard/compile-text.ts';
import type { KeyEvent, KeysymEvent } from '../../../../core/keyboard/key-event.ts';
import { guestLayoutOf, KEYMAP_NAMES, keymapNamesOf } from '../../../../core/keyboard/keymaps.ts';
import { KeysymKeyboard } from '../../../../core/keyboard/keysym-keyboard.ts';
import { LAYOUT_IDS, layoutOf, type LayoutId } from '../../../../core/keyboard/layout.ts';

/** The names of keys that type a text in a French guest through QEMU's French keymap. */
function keysyms(text: string): string {
  const names = new KeysymKeyboard('fr-nodead');
  return eventsOf(compileText(text, { layout: 'fr' }))
    .map((event) => names.translate(event))
    .map((event) => (event ? `${event.down ? '+' : '-'}${event.keysym.toString(16)}` : 'none'))
    .join(' ');
}

/** The keys for all of a layout's characters that have names. */
function eventsThrough(names: KeysymKeyboard, layout: LayoutId): readonly KeyEvent[] {
  const text = layoutOf(layout).characters.join('');
  return eventsOf(compileText(text, { layout }, (stroke) => names.canPress(stroke)));
}

function expectNamed(event: KeysymEvent | undefined): KeysymEvent {
  if (event === undefined) throw new Error('A key has no name');
  return event;
}

function isLetter(keysym: number): boolean {
  return keysym < 0x80 && /^[a-z]$/iu.test(String.fromCharCode(keysym));
}

describe('keymaps of QEMU', () => {
  it('tell the layout that the guest probably has', () => {
    const told = ['fr', 'de-ch', 'pt-br', 'en-us', 'ja', 'sv', 'bepo'].map(guestLayoutOf);
    expect(told).toEqual(['fr', 'ch-de', 'br', 'us', 'jp', 'se', 'fr-bepo']);
  });

  it('tell it by the names of old versions too, which are not offered', () => {
    expect([guestLayoutOf('ch'), guestLayoutOf('nl-be')]).toEqual(['ch-de', 'be']);
    expect(KEYMAP_NAMES.filter((name) => name === 'ch' || name === 'nl-be')).toEqual([]);
  });

  it('name keys as the layouts do from which they were made', () => {
    expect(['bepo', 'fr', 'de'].map(keymapNamesOf)).toEqual([
      'fr-dvorak',
      'fr-nodead',
      'de-nodead',
    ]);
  });

  it('cannot be typed through where their names are not those of the country', () => {
    expect(keymapNamesOf('et')).toBeUndefined();
    expect(guestLayoutOf('et')).toBe('ee');
  });

  it('are unknown by any other name', () => {
    for (const name of ['', 'xx', 'toString', '__proto__']) {
      expect([guestLayoutOf(name), keymapNamesOf(name)]).toEqual([undefined, undefined]);
    }
  });
});

describe('KeysymKeyboard', () => {
  it('names keys as the keymap does, and presses the modifiers itself', () => {
    expect(keysyms('aA1')).toBe('+61 -61 +ffe1 +41 -41 +26 -26 -ffe1');
  });

  it('names a dead key by what the keymap has in its place', () => {
    expect(keysyms('ê')).toBe('+5e -5e +65 -65');
  });

  it.each(['fr-dvorak', 'tr', 'fr-bepo', 'us-keymap'] as const)(
    'never names a letter of %s whose case is not that of Shift, which would toggle CapsLock',
    (keymap) => {
      const names = new KeysymKeyboard(keymap);
      let isShifted = false;
      for (const event of LAYOUT_IDS.flatMap((layout) => eventsThrough(names, layout))) {
        const { keysym, down } = expectNamed(names.translate(event));
        if (keysym === 0xffe1) isShifted = down;
        if (down && isLetter(keysym)) expect(keysym < 0x61).toBe(isShifted);
      }
    },
  );

  it('names every key of a plan that was made with what it can press', () => {
    for (const layout of LAYOUT_IDS) {
      const names = new KeysymKeyboard('us-keymap');
      const events = eventsThrough(names, layout);
      expect(events.filter((event) => !names.translate(event))).toEqual([]);
    }
  });

  it('has no name for a key that the keymap has not', () => {
    const names = new KeysymKeyboard('us-keymap');
    expect(names.canPress({ scancode: 0x73, modifiers: 0 })).toBe(false);
    expect(names.translate({ scancode: 0x73, down: true })).toBeUndefined();
    const { untypable } = compileText('ab_', { layout: 'jp' }, (one) => names.canPress(one));
    expect(untypable.map(({ character, column }) => [character, column])).toEqual([['_', 3]]);
  });
});
