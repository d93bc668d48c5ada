import { describe, expect, it } from 'vitest';
import { compileText, eventsOf } from '../../../../core/keyboard/compile-text.ts';
import { MeantKeysyms } from '../../../../core/keyboard/meant-keysyms.ts';

function said(text: string): string {
  const keysyms = new MeantKeysyms('fr');
  return eventsOf(compileText(text, { layout: 'fr' }))
    .flatMap((event) => keysyms.translate(event) ?? [])
    .map(({ keysym, down }) => `${down ? '+' : '-'}${keysym.toString(16)}`)
    .join(' ');
}

describe('MeantKeysyms', () => {
  it('say what each key means with what is held', () => {
    expect(said('a1€\n')).toBe('+61 -61 +ffe1 +31 -31 -ffe1 +fe03 +20ac -20ac -fe03 +ff0d -ff0d');
  });

  it('name dead keys as such', () => {
    expect(said('ê')).toBe('+fe52 -fe52 +65 -65');
  });

  it('release a key by the name it was pressed with, even if Shift came up before', () => {
    const keysyms = new MeantKeysyms('fr');
    const names = [
      { scancode: 0x2a, down: true },
      { scancode: 0x1e, down: true },
      { scancode: 0x2a, down: false },
      { scancode: 0x1e, down: false },
    ].map((event) => keysyms.translate(event)?.keysym);
    expect(names).toEqual([0xffe1, 0x51, 0xffe1, 0x51]);
  });

  it('have nothing for a key that means nothing', () => {
    expect(new MeantKeysyms('fr').translate({ scancode: 0x73, down: true })).toBeUndefined();
  });
});
