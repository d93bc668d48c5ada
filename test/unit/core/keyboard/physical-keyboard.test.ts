import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { KeyEvent } from '../../../../core/keyboard/key-event.ts';
import { PhysicalKeyboard, type HostSystem } from '../../../../core/keyboard/physical-keyboard.ts';
import { PHYSICAL_KEYS } from '../../../../core/keyboard/physical-keys.ts';

const NOVNC = join(import.meta.dirname, '../../../../node_modules/@novnc/novnc/core/input');
const SYSTEMS: readonly HostSystem[] = ['linux', 'mac', 'windows'];

interface Given {
  readonly down: boolean;
  readonly code: string;
  readonly key?: string;
  readonly at?: number;
}

function play(keyboard: PhysicalKeyboard, given: readonly Given[]): readonly KeyEvent[] {
  return given.flatMap(({ down, code, key = code, at = 0 }) =>
    down ? keyboard.press({ code, key, timeStamp: at }) : keyboard.release({ code }),
  );
}

function shown(events: readonly KeyEvent[]): string {
  return events
    .map(({ scancode, down }) => `${down ? '+' : '-'}${scancode.toString(16)}`)
    .join(' ');
}

function played(system: HostSystem, ...given: readonly Given[]): string {
  return shown(play(new PhysicalKeyboard(system), given));
}

function down(code: string, at = 0, key = code): Given {
  return { down: true, code, key, at };
}

function up(code: string): Given {
  return { down: false, code };
}

describe('PHYSICAL_KEYS', () => {
  it('agree with noVNC on every key that both know, and know all of its keys', async () => {
    const theirs = await readFile(join(NOVNC, 'xtscancodes.js'), 'utf8');
    const codes = [...theirs.matchAll(/"(\w+)": 0x([0-9a-f]+)/gu)];
    expect(codes.length).toBeGreaterThan(140);
    for (const [, code = '', number = ''] of codes) {
      const scancode = Number.parseInt(number, 16);
      const short = scancode > 0xff ? (scancode & 0x7f) | 0x80 : scancode;
      expect(PHYSICAL_KEYS.get(code), code).toBe(short);
    }
  });

  it('give no two keys of a keyboard the same number', () => {
    const aliases =
      'OSLeft OSRight VolumeMute VolumeDown VolumeUp Hiragana Katakana NumpadStar'.split(' ');
    const numbers = [...PHYSICAL_KEYS]
      .filter(([code]) => !aliases.includes(code))
      .map(([, one]) => one);
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe('PhysicalKeyboard', () => {
  it('presses the key that was pressed, whatever it says here', () => {
    expect(played('linux', down('KeyQ', 0, 'a'), up('KeyQ'))).toBe('+10 -10');
  });

  it('lets a key repeat, and releases it once', () => {
    expect(played('linux', down('KeyA'), down('KeyA'), up('KeyA'), up('KeyA'))).toBe('+1e +1e -1e');
  });

  it('has nothing for a key that no guest knows', () => {
    expect(played('linux', down('Fn'), up('Fn'), down(''), down('toString'))).toBe('');
  });

  it('lets go of the Ctrl that Windows makes up with AltGr', () => {
    const typed = [down('ControlLeft', 5), down('AltRight', 6, 'AltGraph')];
    expect(played('windows', ...typed, up('ControlLeft'), up('AltRight'))).toBe('+1d -1d +b8 -b8');
    expect(played('linux', ...typed)).toBe('+1d +b8');
  });

  it('keeps a Ctrl that was held before AltGr', () => {
    expect(played('windows', down('ControlLeft', 5), down('AltRight', 500, 'AltGraph'))).toBe(
      '+1d +b8',
    );
  });

  it('releases with Cmd what macOS will not tell of', () => {
    expect(played('mac', down('MetaLeft'), down('KeyC'), up('MetaLeft'))).toBe('+db +2e -2e -db');
  });

  it('taps CapsLock each time that macOS changes its light', () => {
    expect(played('mac', down('CapsLock'), up('CapsLock'))).toBe('+3a -3a +3a -3a');
  });

  it('releases both Shift keys when Windows tells of one', () => {
    const both = [down('ShiftLeft'), down('ShiftRight'), up('ShiftRight')];
    expect(played('windows', ...both)).toBe('+2a +36 -36 -2a');
  });

  it('taps keys of Japanese boards whose release is never told', () => {
    expect(played('windows', down('KanaMode'))).toBe('+70 -70');
    expect(played('linux', down('KanaMode'))).toBe('+70');
  });

  it('leaves nothing down after a blur, whatever was pressed, a thousand times', () => {
    const anyGiven = fc.record({
      down: fc.boolean(),
      code: fc.constantFrom(...PHYSICAL_KEYS.keys(), 'Fn'),
      key: fc.constantFrom('a', 'AltGraph'),
      at: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(fc.constantFrom(...SYSTEMS), fc.array(anyGiven), (system, given) => {
        const keyboard = new PhysicalKeyboard(system);
        const inGuest = new Set<number>();
        for (const event of [...play(keyboard, given), ...keyboard.releaseAll()]) {
          if (event.down) inGuest.add(event.scancode);
          else expect(inGuest.delete(event.scancode)).toBe(true);
        }
        expect([...inGuest]).toEqual([]);
        expect(keyboard.releaseAll()).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});
