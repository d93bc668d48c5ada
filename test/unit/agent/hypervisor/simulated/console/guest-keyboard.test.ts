import { compileText, eventsOf } from '../../../../../../core/keyboard/compile-text.ts';
import { describe, expect, it } from 'vitest';
import {
  GuestKeyboard,
  layoutNamed,
  type KeyboardOptions,
} from '../../../../../../agent/hypervisor/simulated/console/guest-keyboard.ts';

const SHIFT = { keysym: 0xffe1, scancode: 0x2a };
const CONTROL = { keysym: 0xffe3, scancode: 0x1d };
const ALT = { keysym: 0xffe9, scancode: 0x38 };
const DELETE = { keysym: 0xffff, scancode: 0xd3 };

interface Key {
  readonly keysym: number;
  readonly scancode?: number;
}

function typed(options: Partial<KeyboardOptions>, ...chords: readonly (readonly Key[])[]): string {
  let text = '';
  const keyboard = new GuestKeyboard(
    { keymap: undefined, layout: 'us', ...options },
    { type: (more) => (text += more), salute: () => (text += '<salute>') },
  );
  for (const chord of chords) {
    for (const key of chord) keyboard.press({ ...key, isDown: true });
    for (const key of [...chord].reverse()) keyboard.press({ ...key, isDown: false });
  }
  return text;
}

const A_KEY = { keysym: 0x61, scancode: 0x1e };

describe('the keyboard of a guest', () => {
  it('reads scancodes by the layout of the guest, whatever the keysym says', () => {
    expect(typed({}, [{ keysym: 0x71, scancode: 0x1e }])).toBe('a');
  });

  it('passes over scancodes where the screen has a keymap, as QEMU does', () => {
    expect(typed({ keymap: 'us' }, [{ keysym: 0x71, scancode: 0x1e }])).toBe('q');
  });

  it('takes keysyms for keys where there is no scancode', () => {
    expect(typed({}, [{ keysym: 0x61 }], [SHIFT, { keysym: 0x40 }])).toBe('a@');
  });

  it('knows Shift', () => {
    expect(typed({}, [SHIFT, A_KEY], [A_KEY], [SHIFT, { keysym: 0, scancode: 0x2b }])).toBe('Aa|');
  });

  it('does not add a Shift that the viewer did not press', () => {
    expect(typed({ keymap: 'us' }, [{ keysym: 0x41 }])).toBe('a');
  });

  it('locks capitals until it is told again', () => {
    const caps = { keysym: 0xffe5, scancode: 0x3a };
    expect(typed({}, [caps], [A_KEY], [SHIFT, A_KEY], [caps], [A_KEY])).toBe('Aaa');
  });

  it('makes controls of letters', () => {
    expect(typed({}, [CONTROL, { keysym: 0x63, scancode: 0x2e }])).toBe('\x03');
  });

  it('knows Enter, Backspace and Ctrl+Alt+Delete', () => {
    expect(typed({}, [{ keysym: 0xff0d, scancode: 0x1c }], [{ keysym: 0xff08 }])).toBe('\r\x7f');
    expect(typed({}, [CONTROL, ALT, DELETE])).toBe('<salute>');
  });

  it('passes over keys that mean nothing here', () => {
    expect(typed({}, [{ keysym: 0xffbe, scancode: 0x3b }], [{ keysym: 0x0100_4e00 }])).toBe('');
  });

  it('holds nothing any more when the viewer is gone', () => {
    let text = '';
    const input = { type: (more: string) => (text += more), salute: () => undefined };
    const keyboard = new GuestKeyboard({ keymap: undefined, layout: 'us' }, input);
    keyboard.press({ ...SHIFT, isDown: true });
    keyboard.releaseAll();
    keyboard.press({ ...A_KEY, isDown: true });
    expect(text).toBe('a');
  });

  it.each(['fr', 'de', 'es', 'us-intl', 'fr-bepo'] as const)(
    'reads what is typed for %s',
    (layout) => {
      let text = '';
      const input = { type: (more: string) => (text += more), salute: () => undefined };
      const keyboard = new GuestKeyboard({ keymap: undefined, layout }, input);
      const plan = compileText('é@€ Ab1ê', { layout });
      for (const { scancode, down } of eventsOf(plan)) keyboard.pressScancode(scancode, down);
      expect([text, plan.untypable]).toEqual(['é@€ Ab1ê', []]);
    },
  );

  it('has the layouts that graphics devices name', () => {
    const named = ['en-us', 'us', 'fr', 'pt-br', 'nonsense', 'constructor', undefined].map(
      layoutNamed,
    );
    expect(named).toEqual(['us', 'us', 'fr', 'br', undefined, undefined, undefined]);
  });
});
