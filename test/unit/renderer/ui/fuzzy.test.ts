import { describe, expect, it } from 'vitest';
import { bestMatches, fuzzyScore, isPlainMatch } from '../../../../renderer/ui/fuzzy.ts';

const best = (query: string, texts: readonly string[]) =>
  bestMatches(texts, query, (text) => [text], 10);

describe('finding by a few letters', () => {
  it('wants every letter in its order', () => {
    expect(fuzzyScore('wb1', 'web-01')).toBeGreaterThan(0);
    expect(fuzzyScore('bw', 'web-01')).toBeUndefined();
  });

  it('puts a whole word first, then the beginnings of words', () => {
    expect(best('web', ['staging-web', 'wide-ebb', 'web-01'])).toEqual([
      'web-01',
      'staging-web',
      'wide-ebb',
    ]);
  });

  it('finds a command by the first letters of its words', () => {
    expect(best('fo', ['Follow', 'Force off', 'Reboot'])).toEqual(['Follow', 'Force off']);
    expect(best('foff', ['Follow', 'Force off', 'Reboot'])).toEqual(['Force off']);
  });

  it('keeps the order of what is equal, and all of it when nothing is typed', () => {
    expect(best('', ['aa', 'bb', 'cc'])).toEqual(['aa', 'bb', 'cc']);
  });

  it('tells words that are there from letters that are', () => {
    expect(isPlainMatch('off force', ['Force off'])).toBe(true);
    expect(isPlainMatch('shot', ['Copy', 'a screenshot'])).toBe(true);
    expect(isPlainMatch('ho', ['a screenshot'])).toBe(false);
    expect(isPlainMatch('foff', ['Force off'])).toBe(false);
    expect(isPlainMatch(' ', ['Force off'])).toBe(false);
  });

  it('gives no more than it is asked for', () => {
    expect(bestMatches(['a1', 'a2', 'a3'], 'a', (text) => [text], 2)).toEqual(['a1', 'a2']);
  });
});
