import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileText, eventsOf } from '../../../../core/keyboard/compile-text.ts';
import { LAYOUT_IDS, layoutOf, type LayoutId } from '../../../../core/keyboard/layout.ts';
import { GuestKeyboard } from '../../../support/keyboard/guest-keyboard.ts';

const anyLayout = fc.constantFrom(...LAYOUT_IDS);
const anyText = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      'a',
      'A',
      '@',
      '\r\n',
      '\n',
      '\r',
      '\t',
      '\u0301',
      '\ud800',
      '\ue050',
      'é',
      ' ',
    ),
  ),
});

/** A layout and a text of its own characters and ends of lines. */
const anyTyping = anyLayout.chain((layout) =>
  fc.record({
    layout: fc.constant(layout),
    text: fc.string({ unit: fc.constantFrom(...layoutOf(layout).characters, '\n', '\t') }),
  }),
);

function presses(text: string, layout: LayoutId): string {
  return eventsOf(compileText(text, { layout }))
    .map(({ scancode, down }) => `${down ? '+' : '-'}${scancode.toString(16)}`)
    .join(' ');
}

describe('compileText', () => {
  it('types letters with their keys', () => {
    expect(presses('az', 'fr')).toBe('+10 -10 +11 -11');
  });

  it('holds Shift as long as it is needed, and no longer', () => {
    expect(presses('ABc', 'us')).toBe('+2a +1e -1e +30 -30 -2a +2e -2e');
  });

  it('presses AltGr before Shift, which some layouts take for another key otherwise', () => {
    expect(presses('AÄ', 'us-intl')).toBe('+2a +1e -1e -2a +b8 +2a +10 -10 -2a -b8');
  });

  it('types with a dead key what has no key', () => {
    expect(presses('ê', 'fr')).toBe('+1a -1a +12 -12');
  });

  it('types a dead key’s own sign with the space bar', () => {
    expect(presses('^', 'de')).toBe('+29 -29 +39 -39');
  });

  it('takes no key that a keyboard may lack where another one does', () => {
    expect(presses('<', 'us')).toBe('+2a +33 -33 -2a');
    expect(presses('<', 'de')).toBe('+56 -56');
  });

  it('lets go of Shift for Enter and Tab', () => {
    expect(presses('A\n\tB', 'us')).toBe('+2a +1e -1e -2a +1c -1c +f -f +2a +30 -30 -2a');
  });

  it('takes each kind of line end for one Enter', () => {
    expect(presses('\r\n\r\n', 'us')).toBe('+1c -1c +1c -1c');
    expect(presses('\r\n\n', 'us')).toBe(presses('\r\r', 'us'));
  });

  it('types a letter and its mark as the one letter that they are', () => {
    expect(presses('e\u0301', 'fr')).toBe(presses('é', 'fr'));
  });

  it('lists what cannot be typed with its place, and types the rest', () => {
    const plan = compileText('a€\nb😀c\u0000', { layout: 'us' });
    expect(plan.untypable).toEqual([
      { character: '€', codePoint: 0x20ac, index: 1, line: 1, column: 2 },
      { character: '😀', codePoint: 0x1f600, index: 4, line: 2, column: 2 },
      { character: '\u0000', codePoint: 0, index: 7, line: 2, column: 4 },
    ]);
    expect(plan.steps.map(({ typed }) => typed)).toEqual([1, 3, 4, 7]);
  });

  it('lists a mark that no letter of the layout carries at its letter', () => {
    expect(compileText('xe\u0301q\u0308', { layout: 'fr' }).untypable).toEqual([
      { character: '\u0308', codePoint: 0x308, index: 3, line: 1, column: 4 },
    ]);
  });

  it('types no lone surrogate and no character for private use', () => {
    const { untypable } = compileText('\ud83d \ue050', { layout: 'us-intl' });
    expect(untypable.map(({ codePoint }) => codePoint)).toEqual([0xd83d, 0xe050]);
  });

  it('has nothing to send for an empty text', () => {
    expect(compileText('', { layout: 'us', capsLock: false }).steps).toEqual([]);
  });

  it('switches CapsLock off for the text and on again after it', () => {
    const guest = new GuestKeyboard('de');
    guest.isCapsLockOn = true;
    guest.take(eventsOf(compileText('Grüße', { layout: 'de', capsLock: true })));
    expect([guest.text, guest.isCapsLockOn]).toEqual(['Grüße', true]);
  });

  it('holds Shift for CapsLock where the key alone is another', () => {
    const guest = new GuestKeyboard('jp');
    guest.isCapsLockOn = true;
    guest.take(eventsOf(compileText('aB', { layout: 'jp', capsLock: true })));
    expect([guest.text, guest.isCapsLockOn]).toEqual(['aB', true]);
  });

  it('types every text of a layout’s characters so that it comes out again', () => {
    fc.assert(
      fc.property(anyTyping, ({ layout, text }) => {
        const plan = compileText(text, { layout });
        const guest = new GuestKeyboard(layout);
        guest.take(eventsOf(plan));
        expect(plan.untypable).toEqual([]);
        expect(guest.text.normalize('NFC')).toBe(text.normalize('NFC'));
        expect([...guest.down]).toEqual([]);
      }),
    );
  });

  it('leaves no key down and loses no typable character, whatever the text', () => {
    fc.assert(
      fc.property(anyLayout, anyText, (layout, text) => {
        const plan = compileText(text, { layout });
        const guest = new GuestKeyboard(layout);
        guest.take(eventsOf(plan));
        expect([...guest.down]).toEqual([]);
        expect(guest.text).not.toContain('\ufffd');
        const lines = text.replace(/\r\n?/gu, '\n').normalize('NFC');
        const typed =
          guest.text.length + plan.untypable.map(({ character }) => character).join('').length;
        expect(typed).toBe(lines.length);
      }),
    );
  });

  it('says with each step how much is typed, never less than before', () => {
    fc.assert(
      fc.property(anyLayout, anyText, (layout, text) => {
        const typed = compileText(text, { layout }).steps.map((step) => step.typed);
        expect(typed).toEqual([...typed].sort((a, b) => a - b));
        expect(typed.at(-1) ?? 0).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});

describe('compileText for a layout with two groups', () => {
  it('says which group the guest must be in', () => {
    expect(compileText('привет', { layout: 'ru' }).group).toBe('own');
    expect(compileText('ls -l /etc', { layout: 'ru' }).group).toBe('latin');
  });

  it('types what the one group has, where it cannot switch', () => {
    const plan = compileText('да ok', { layout: 'ru', group: 'own' });
    expect(plan.untypable.map(({ character }) => character)).toEqual(['o', 'k']);
  });

  it('switches groups as the guest does, and back at the end', () => {
    const plan = compileText('дa', { layout: 'ru', group: 'own', groupSwitch: 'alt-shift' });
    expect(plan.untypable).toEqual([]);
    expect(plan.steps.at(-1)?.events).toEqual([
      { scancode: 0x38, down: true },
      { scancode: 0x2a, down: true },
      { scancode: 0x2a, down: false },
      { scancode: 0x38, down: false },
    ]);
  });

  it('never switches in a layout with one group', () => {
    const events = eventsOf(compileText('aж', { layout: 'de', groupSwitch: 'alt-shift' }));
    expect(events.some(({ scancode }) => scancode === 0x38)).toBe(false);
  });
});
