import { describe, expect, it } from 'vitest';
import { heldScrollTop } from '../../../../renderer/ui/held-rows.ts';
import { NOTHING_SELECTED, pick } from '../../../../renderer/ui/selection.ts';
import { shortenMiddle } from '../../../../renderer/ui/shorten.ts';
import { isShortcut, shortcutKeys, type KeyPress } from '../../../../renderer/ui/shortcut.ts';
import { placesOf, scrollToRow, visibleRows } from '../../../../renderer/ui/visible-rows.ts';

describe('rows that are drawn', () => {
  it('are few of many, with some more on both sides', () => {
    expect(visibleRows(50_000, 28, 28 * 1000, 280)).toEqual({ start: 992, end: 1018 });
  });

  it('are all of a short list, and none of an empty one', () => {
    expect(visibleRows(3, 28, 0, 280)).toEqual({ start: 0, end: 3 });
    expect(visibleRows(0, 28, 0, 280)).toEqual({ start: 0, end: 0 });
  });

  it('are those at the end when the list got shorter than what is scrolled to', () => {
    expect(visibleRows(5, 28, 10_000, 280)).toEqual({ start: 0, end: 5 });
    expect(visibleRows(100, 28, 10_000, 280)).toEqual({ start: 82, end: 100 });
  });

  it('have a place each, wherever the list is scrolled to', () => {
    const places = placesOf(28, 290);
    const counts = Array.from({ length: 60 }, (_, at) => visibleRows(1000, 28, 5000 + at, 290));
    expect(Math.max(...counts.map(({ start, end }) => end - start))).toBe(places);
  });

  it('are scrolled to only as far as needed', () => {
    expect([scrollToRow(2, 28, 100, 280), scrollToRow(20, 28, 100, 280)]).toEqual([56, 308]);
    expect(scrollToRow(5, 28, 100, 280)).toBe(100);
  });
});

describe('rows that are seen while others come and go', () => {
  const rows = (keys: string) => keys.split(' ').map((key) => ({ key }));
  const many = rows('a b c d e f g h');
  const view = { rowHeight: 10, scrollTop: 20, height: 30 };

  it('stay in their places', () => {
    expect(heldScrollTop(many, rows('new a b c d e f g h'), undefined, view)).toBe(30);
    expect(heldScrollTop(many, rows('b c d e f g h'), undefined, view)).toBe(10);
    expect(heldScrollTop(many, rows('a b c d e f g h new'), undefined, view)).toBe(20);
  });

  it('go by the active row where that is seen, and not where it is out of sight', () => {
    const between = rows('a b c new d e f g h');
    const tops = ['d', 'h', undefined].map((key) => heldScrollTop(many, between, key, view));
    expect(tops).toEqual([30, 20, 20]);
  });

  it('let others in at the very top, as long as the active one is seen', () => {
    const atTop = { ...view, scrollTop: 0 };
    const tops = [undefined, 'a', 'c'].map((key) =>
      heldScrollTop(many, rows('new a b c d e f g h'), key, atTop),
    );
    expect(tops).toEqual([0, 0, 10]);
  });

  it('are left alone when the one they go by is gone, and never scrolled beyond the top', () => {
    expect(heldScrollTop(many, rows('a b d'), undefined, view)).toBe(20);
    expect(heldScrollTop(many, rows('c d e f g h'), 'd', { ...view, scrollTop: 15 })).toBe(0);
  });
});

describe('a selection', () => {
  const order = ['a', 'b', 'c', 'd'];

  it('grows from where it began, in both directions', () => {
    const one = pick(NOTHING_SELECTED, order, 'c', 'one');
    const down = pick(one, order, 'd', 'range');
    const up = pick(down, order, 'a', 'range');
    expect([...down.keys]).toEqual(['c', 'd']);
    expect({ keys: [...up.keys], anchor: up.anchor, active: up.active }).toEqual({
      keys: ['a', 'b', 'c'],
      anchor: 'c',
      active: 'a',
    });
  });

  it('takes one more and gives it back', () => {
    const two = pick(pick(NOTHING_SELECTED, order, 'a', 'one'), order, 'c', 'toggle');
    expect([...two.keys]).toEqual(['a', 'c']);
    expect([...pick(two, order, 'a', 'toggle').keys]).toEqual(['c']);
  });

  it('begins anew where the anchor is gone', () => {
    const lost = { keys: new Set(['x']), anchor: 'x', active: 'x' };
    expect([...pick(lost, order, 'b', 'range').keys]).toEqual(['b']);
  });
});

describe('shortening', () => {
  it('keeps the place of an address and both ends of its name', () => {
    const jid = 'f3a1c2d0-4b5e-4c6f-8a7b-000000009b04@archipel.test';
    expect(shortenMiddle(jid, 26)).toBe('f3a1c2d…9b04@archipel.test');
  });

  it('leaves what is short as it is', () => {
    expect(shortenMiddle('atoll-01@archipel.test')).toBe('atoll-01@archipel.test');
  });

  it('never is longer than what it may be', () => {
    const texts = [
      '/var/lib/libvirt/images/disk.qcow2',
      `a@${'very.'.repeat(20)}test`,
      'x'.repeat(90),
    ];
    expect(texts.map((text) => shortenMiddle(text, 20).length)).toEqual([20, 20, 20]);
  });
});

describe('a shortcut', () => {
  const press = (changes: Partial<KeyPress>): KeyPress => ({
    key: 'k',
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    altKey: false,
    ...changes,
  });

  it('means Control here and Command on macOS', () => {
    expect(isShortcut('Mod+K', press({ ctrlKey: true }), false)).toBe(true);
    expect(isShortcut('Mod+K', press({ metaKey: true }), true)).toBe(true);
    expect(isShortcut('Mod+K', press({ ctrlKey: true }), true)).toBe(false);
  });

  it('wants exactly the keys it names', () => {
    expect(isShortcut('Mod+K', press({ ctrlKey: true, shiftKey: true }), false)).toBe(false);
    expect(isShortcut('Ctrl+Tab', press({ key: 'Tab', ctrlKey: true }), false)).toBe(true);
  });

  it('is shown key by key', () => {
    expect(shortcutKeys('Ctrl+Shift+Tab')).toEqual(['Ctrl', 'Shift', 'Tab']);
  });
});
