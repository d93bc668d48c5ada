import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOneSlipAway, similarJids } from '../../../../core/domain/similar-jid.ts';
import { bare } from '../../../fakes/fake-entities.ts';

const letters = fc.string({
  unit: fc.constantFrom('a', 'b', 'c', 'd'),
  minLength: 1,
  maxLength: 8,
});

describe('similar JIDs', () => {
  it.each([
    ['atoll-01', 'atol-01', 'a letter is missing'],
    ['atoll-01', 'atolll-01', 'a letter is there twice'],
    ['atoll-01', 'atoll-02', 'a letter is another'],
    ['atoll-01', 'atlol-01', 'two neighbours are exchanged'],
    ['atoll-01', 'atoll-011', 'a letter is at the end'],
  ])('takes %s and %s for one slip: %s', (one, other) => {
    expect([isOneSlipAway(one, other), isOneSlipAway(other, one)]).toEqual([true, true]);
  });

  it.each([
    ['atoll-01', 'atoll-01'],
    ['atoll-01', 'atoll-12x'],
    ['abcd', 'badc'],
    ['', 'ab'],
  ])('does not take %s and %s for one slip', (one, other) => {
    expect(isOneSlipAway(one, other)).toBe(false);
  });

  it('finds every text from which one letter was taken, wherever it was', () => {
    fc.assert(
      fc.property(letters, fc.nat(), (text, at) => {
        const place = at % text.length;
        const without = text.slice(0, place) + text.slice(place + 1);
        return isOneSlipAway(text, without) && isOneSlipAway(without, text);
      }),
    );
  });

  it('is the same in both directions', () => {
    fc.assert(fc.property(letters, letters, (a, b) => isOneSlipAway(a, b) === isOneSlipAway(b, a)));
  });

  it('offers the known ones, and none when what was typed is known', () => {
    const known = [bare('atoll-01@x.test'), bare('atoll-02@x.test'), bare('lagoon@x.test')];
    expect(similarJids(bare('atoll-0@x.test'), known)).toEqual([known[0], known[1]]);
    expect(similarJids(bare('atoll-01@x.test'), known)).toEqual([]);
  });
});
