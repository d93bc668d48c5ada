import { describe, expect, it } from 'vitest';
import { compileText } from '../../../../core/keyboard/compile-text.ts';
import { layoutsFor } from '../../../../core/keyboard/layouts-for.ts';
import { LAYOUT_IDS } from '../../../../core/keyboard/layout.ts';

describe('the layouts that have all of a text', () => {
  it.each(['héllo @ €', 'Привет, мир', 'žluťoučký kůň', 'naïve\nÅngström', 'e\u0301'])(
    'are those that can type %j whole, and no others',
    (text) => {
      const whole = LAYOUT_IDS.filter(
        (layout) => compileText(text, { layout }).untypable.length === 0,
      );
      expect(whole.length).toBeGreaterThan(0);
      expect([...layoutsFor(text, 'us')].sort()).toEqual([...whole].sort());
    },
  );

  it('begin with those of the same language', () => {
    const [first] = layoutsFor('é', 'us');
    expect(first).toBe('us-intl');
    expect(layoutsFor('é', 'fr-bepo')[0]).toMatch(/^fr/u);
  });

  it('are none where characters of two scripts stand in it, or of a script without one', () => {
    expect(layoutsFor('Привет ξ', 'ru')).toEqual([]);
    expect(layoutsFor('☃', 'us')).toEqual([]);
  });

  it('are given up at the first letters that they lack, of however many', () => {
    const unknown = Array.from({ length: 8000 }, (_, at) => String.fromCodePoint(0x4e00 + at));
    const asked = (text: string): number => {
      let count = 0;
      const counting = (): boolean => (count += 1) > 0;
      expect(layoutsFor(text, 'us', counting)).toEqual([]);
      return count;
    };
    const first = unknown.slice(0, 100).join('');
    expect(asked(`${unknown.join('')}abcdefghijklmnopqrstuvwxyz`)).toBe(asked(first));
  });

  it('are none where the keys cannot be pressed', () => {
    expect(layoutsFor('é', 'fr', () => false)).toEqual([]);
  });
});
