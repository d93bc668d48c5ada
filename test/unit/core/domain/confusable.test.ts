import { describe, expect, it } from 'vitest';
import {
  hidesCharacters,
  mixedScripts,
  skeletonOf,
  visible,
} from '../../../../core/domain/confusable.ts';

describe('a skeleton', () => {
  it.each([
    ['another case', 'web-01', 'WEB-01'],
    ['Cyrillic letters', 'paypal', 'раураl'],
    ['Greek letters', 'vault', 'νault'],
    ['a digit for a letter', 'mail', 'mai1'],
    ['a letter for a digit', 'web-10', 'web-lO'],
    ['characters that are not drawn', 'web-01', 'web\u200b-\u00ad01'],
    ['a change of direction', 'web-01', '\u202eweb-01\u202c'],
    ['full-width letters', 'db', 'ｄｂ'],
    ['mathematical letters', 'db', '𝐝𝐛'],
    ['marks on letters', 'cafe', 'café'],
    ['another hyphen', 'web-01', 'web‑01'],
    ['two letters that look like one', 'modern', 'modem'],
    ['more blanks', 'web 01', ' web  01'],
  ])('is the same for %s', (_what, one, other) => {
    expect(skeletonOf(other)).toBe(skeletonOf(one));
  });

  it('differs between names that can be told apart', () => {
    const names = ['web-01', 'web-02', 'web01', 'db-01', 'сервер', 'server'];
    expect(new Set(names.map(skeletonOf)).size).toBe(names.length);
  });
});

it('names the alphabets of a name that mixes them', () => {
  expect([mixedScripts('wеb'), mixedScripts('сервер'), mixedScripts('web-01')]).toEqual([
    ['Latin', 'Cyrillic'],
    [],
    [],
  ]);
});

it('takes out of a name what cannot be seen', () => {
  const name = 'web\u200b\u202e-01';
  expect([visible(name), hidesCharacters(name), hidesCharacters('web-01')]).toEqual([
    'web-01',
    true,
    false,
  ]);
});
