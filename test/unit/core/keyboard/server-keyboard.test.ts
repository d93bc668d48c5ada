import { describe, expect, it } from 'vitest';
import { isKeymapUsable, ServerKeyboard } from '../../../../core/keyboard/server-keyboard.ts';

const A = 0x1e;
const SHIFT = 0x2a;

describe('keys for a server', () => {
  it('are scancodes with their meaning in the guest’s layout where there is no keymap', () => {
    const keyboard = new ServerKeyboard({ layout: 'fr' });
    expect(keyboard.translate({ scancode: A, down: true })).toEqual({
      ...{ isDown: true, keysym: 0x71, scancode: A },
    });
  });

  it('mean the other case while CapsLock is on, and are released as they were pressed', () => {
    const keyboard = new ServerKeyboard({ layout: 'us' });
    expect(keyboard.translate({ scancode: A, down: true }, true)?.keysym).toBe(0x41);
    expect(keyboard.translate({ scancode: A, down: false })?.keysym).toBe(0x41);
    keyboard.translate({ scancode: SHIFT, down: true });
    expect(keyboard.translate({ scancode: A, down: true }, true)?.keysym).toBe(0x61);
  });

  it('carry no meaning where the layout gives none', () => {
    const keyboard = new ServerKeyboard({ layout: 'us' });
    expect(keyboard.translate({ scancode: 0xa0, down: true })).toEqual({
      ...{ isDown: true, keysym: 0, scancode: 0xa0 },
    });
  });

  it('are named as a keymap names them, whatever the guest has', () => {
    const keyboard = new ServerKeyboard({ layout: 'us', keymap: 'fr' });
    expect(keyboard.translate({ scancode: A, down: true })).toEqual({ isDown: true, keysym: 0x71 });
    expect(keyboard.canPress({ scancode: A, modifiers: 0 })).toBe(true);
  });

  it('cannot be named through a keymap whose names nobody knows', () => {
    const keyboard = new ServerKeyboard({ layout: 'us', keymap: 'et' });
    expect(keyboard.canPress({ scancode: A, modifiers: 0 })).toBe(false);
    expect([undefined, 'fr', 'et'].map(isKeymapUsable)).toEqual([true, true, false]);
  });
});
