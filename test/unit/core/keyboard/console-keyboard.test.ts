import { describe, expect, it } from 'vitest';
import {
  ConsoleKeyboard,
  suitableWay,
  type ConsoleKeyboardOptions,
} from '../../../../core/keyboard/console-keyboard.ts';
import type { LocalKey } from '../../../../core/keyboard/text-keyboard.ts';

const NOTHING_HELD = {
  ...{ hasControl: false, hasAlt: false, hasMeta: false },
  ...{ isShifted: false, isAltGr: false, isCapsLockOn: false, timeStamp: 0 },
};

function key(code: string, name: string, held: Partial<LocalKey> = {}): LocalKey {
  return { ...NOTHING_HELD, code, key: name, ...held };
}

function keyboard(options: Partial<ConsoleKeyboardOptions>) {
  const made = new ConsoleKeyboard({ system: 'linux', way: 'text', layout: 'fr', ...options });
  const shown = (keys: ReturnType<typeof made.press>) =>
    keys.map(({ isDown, scancode = 0 }) => `${isDown ? '+' : '-'}${scancode.toString(16)}`);
  return {
    made,
    press: (one: LocalKey) => shown(made.press(one)).join(' '),
    release: (one: LocalKey) => shown(made.release(one)).join(' '),
    releaseAll: () => shown(made.releaseAll()).join(' '),
  };
}

describe('the keyboard here by text', () => {
  it('types the characters with the keys of the guest’s layout', () => {
    const { press, release } = keyboard({});
    expect(press(key('KeyA', 'a'))).toBe('+10 -10');
    expect(release(key('KeyA', 'a'))).toBe('');
    expect(press(key('Digit2', '@', { isShifted: true }))).toBe('+b8 +b -b -b8');
    expect(press(key('KeyE', '€', { isAltGr: true, hasControl: true, hasAlt: true }))).toBe(
      '+b8 +12 -12 -b8',
    );
    expect(press(key('KeyX', '☃'))).toBe('');
  });

  it('holds Control, and finds its letter where the guest has it', () => {
    const { press, release } = keyboard({});
    expect(press(key('ControlLeft', 'Control', { hasControl: true }))).toBe('+1d');
    expect(press(key('KeyA', 'a', { hasControl: true }))).toBe('+10 -10');
    expect(press(key('KeyT', 'T', { hasControl: true, isShifted: true }))).toBe('+2a +14 -14 -2a');
    expect(release(key('ControlLeft', 'Control'))).toBe('-1d');
  });

  it('passes other keys as they are, with Shift where it is held', () => {
    const { press } = keyboard({});
    expect(press(key('ShiftLeft', 'Shift', { isShifted: true }))).toBe('');
    expect(press(key('ArrowLeft', 'ArrowLeft', { isShifted: true }))).toBe('+2a +cb -cb -2a');
    expect(press(key('Enter', 'Enter'))).toBe('+1c -1c');
  });

  it('lets go of the Control that Windows makes up', () => {
    const { press } = keyboard({ system: 'windows' });
    press(key('ControlLeft', 'Control', { hasControl: true }));
    expect(press(key('AltRight', 'AltGraph', { isAltGr: true }))).toBe('-1d');
  });

  it('releases what is held when the focus goes', () => {
    const { press, releaseAll } = keyboard({});
    press(key('AltLeft', 'Alt', { hasAlt: true }));
    expect([releaseAll(), releaseAll()]).toEqual(['-38', '']);
  });
});

describe('the keyboard here by its keys', () => {
  it('passes keys whatever they mean here', () => {
    const { press, release } = keyboard({ way: 'physical' });
    expect(press(key('KeyA', 'q'))).toBe('+1e');
    expect(release(key('KeyA', 'q'))).toBe('-1e');
  });

  it('tells QEMU of the CapsLock here with the case of letters', () => {
    const { made } = keyboard({ way: 'physical', layout: 'us' });
    expect(made.press(key('KeyA', 'A', { isCapsLockOn: true }))).toEqual([
      { isDown: true, keysym: 0x41, scancode: 0x1e },
    ]);
  });

  it('names keys as the keymap of the server does', () => {
    const { made } = keyboard({ way: 'physical', keymap: 'fr' });
    expect(made.press(key('KeyQ', 'q'))).toEqual([{ isDown: true, keysym: 0x61 }]);
  });
});

it('goes by text only where scancodes are passed over, unless it is told', () => {
  const ways = ([undefined, 'fr', 'et'] as const).map((keymap) => suitableWay('auto', keymap));
  expect([ways, suitableWay('physical', 'fr')]).toEqual([
    ['physical', 'text', 'physical'],
    'physical',
  ]);
});
