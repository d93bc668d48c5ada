import { expect, it } from 'vitest';
import { stanzas } from '../../../../core/messages/en/stanzas.ts';

it('counts stanzas in words, and large numbers so that they can be read', () => {
  expect([stanzas.count(1, 1), stanzas.count(0, 1), stanzas.count(50_000, 100_012)]).toEqual([
    '1 stanza',
    '0 of 1 stanza',
    '50,000 of 100,012 stanzas',
  ]);
  expect(stanzas.searching(1_234)).toBe('1,234 found so far…');
});
