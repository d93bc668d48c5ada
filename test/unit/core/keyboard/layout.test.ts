import { describe, expect, it } from 'vitest';
import { isLayoutId, LAYOUT_IDS, layoutOf } from '../../../../core/keyboard/layout.ts';

const PROMISED =
  'us us-intl gb fr fr-bepo be ch-fr ch-de ca de at es latam no se dk fi hu it pt br pl cz sk ro hr si tr ru ua gr il jp nl ee lt lv is';
const ASCII = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));

describe('the layouts', () => {
  it('are all that the product promises', () => {
    expect(PROMISED.split(' ').filter((id) => !isLayoutId(id))).toEqual([]);
  });

  it.each(LAYOUT_IDS)('type all of ASCII: %s', (id) => {
    const { latin } = layoutOf(id);
    const layout = layoutOf(latin ?? id);
    expect(ASCII.filter((character) => !layout.strokesFor(character))).toEqual([]);
  });

  it('name the one that holds the Latin letters, where they have none', () => {
    const without = LAYOUT_IDS.filter((id) => !layoutOf(id).strokesFor('a'));
    expect(without).toEqual(['ru', 'ua', 'gr', 'il']);
    expect(without.map((id) => layoutOf(id).latin)).toEqual(['us', 'us', 'us', 'us']);
  });

  it('list each character once', () => {
    for (const id of LAYOUT_IDS) {
      const { characters } = layoutOf(id);
      expect(new Set(characters).size).toBe(characters.length);
    }
  });

  it('know no key that they do not speak of', () => {
    expect(layoutOf('us').cellAt({ scancode: 0x1c, modifiers: 0 })).toBeUndefined();
  });
});
