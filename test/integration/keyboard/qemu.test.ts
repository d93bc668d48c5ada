import { afterEach, describe, expect, it } from 'vitest';
import { compileText, eventsOf, type TypingPlan } from '../../../core/keyboard/compile-text.ts';
import type { KeyEvent } from '../../../core/keyboard/key-event.ts';
import { keymapNamesOf } from '../../../core/keyboard/keymaps.ts';
import { KeysymKeyboard } from '../../../core/keyboard/keysym-keyboard.ts';
import { layoutOf, type LayoutId } from '../../../core/keyboard/layout.ts';
import { PHYSICAL_KEYS } from '../../../core/keyboard/physical-keys.ts';
import { QemuKeyboard } from '../../support/keyboard/qemu-keyboard.ts';
import { requirePrograms } from '../../support/required-programs.ts';

const LAYOUTS = ['us', 'fr', 'de', 'es'] as const satisfies readonly LayoutId[];
/** A guest's layout and QEMU's keymap; the last three are what people have by mistake. */
const KEYMAPS = [
  ['us', 'en-us'],
  ['fr', 'fr'],
  ['de', 'de'],
  ['es', 'es'],
  ['fr', 'en-us'],
  ['de', 'fr'],
  ['fr-bepo', 'bepo'],
] as const satisfies readonly (readonly [LayoutId, string])[];

/** Keys that QEMU has numbers for, and does not pass on to a guest. */
const RARE_KEYS =
  'F13 F14 F15 F16 F17 F18 F19 F20 F21 F22 F23 F24 Lang3 Lang5 Katakana Suspend BrowserSearch NumpadParenLeft NumpadParenRight Eject'.split(
    ' ',
  );

function tap(scancode: number): readonly KeyEvent[] {
  return [
    { scancode, down: true },
    { scancode, down: false },
  ];
}

/** All characters of a layout, each typed by itself, since a run would hide which one is wrong. */
function plansOf(
  layout: LayoutId,
  canPress?: Parameters<typeof compileText>[2],
): readonly TypingPlan[] {
  return layoutOf(layout).characters.map((one) => compileText(one, { layout }, canPress));
}

function namesOf(keymap: string): KeysymKeyboard {
  const names = keymapNamesOf(keymap);
  if (names === undefined) throw new Error(`No names for ${keymap}`);
  return new KeysymKeyboard(names);
}

describe.skipIf(!requirePrograms('keyboards in QEMU', ['qemu-system-x86_64']))('QEMU', () => {
  let qemu: QemuKeyboard | undefined;

  afterEach(async () => {
    await qemu?.stop();
    qemu = undefined;
  });

  it.each(LAYOUTS)('presses the keys that type each character of %s', async (layout) => {
    qemu = await QemuKeyboard.start();
    const events = plansOf(layout).flatMap((plan) => eventsOf(plan));
    expect(await qemu.pressed(events)).toEqual(events);
  });

  it.each(KEYMAPS)('presses them for %s through its keymap %s as well', async (layout, keymap) => {
    qemu = await QemuKeyboard.start(keymap);
    const names = namesOf(keymap);
    const plans = plansOf(layout, (stroke) => names.canPress(stroke));
    const typable = plans.filter(({ untypable }) => untypable.length === 0);
    console.log(`-k ${keymap}: ${typable.length} of ${plans.length} characters of ${layout}`);
    const events = typable.flatMap((plan) => eventsOf(plan));
    const keysyms = events.flatMap((event) => names.translate(event) ?? []);
    expect(keysyms.length).toBe(events.length);
    expect(await qemu.pressedByKeysyms(keysyms)).toEqual(events);
    const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));
    const plan = compileText(ascii.join(''), { layout }, (stroke) => names.canPress(stroke));
    expect(plan.untypable).toEqual([]);
  });

  it('knows each physical key by the number that we give it, or not at all', async () => {
    qemu = await QemuKeyboard.start();
    // F12 marks the end of what is traced.
    const keys = [...PHYSICAL_KEYS].filter(([code]) => code !== 'F12');
    const unknown: string[] = [];
    for (const [code, scancode] of keys) {
      const pressed = await qemu.pressed(tap(scancode));
      const isKnown = pressed.every((one) => !Number.isNaN(one.scancode));
      // A key of the keypad may be preceded by NumLock.
      if (isKnown) expect(pressed.slice(-2), code).toEqual(tap(scancode));
      else unknown.push(code);
    }
    expect(unknown.filter((code) => !RARE_KEYS.includes(code))).toEqual([]);
  });
});
