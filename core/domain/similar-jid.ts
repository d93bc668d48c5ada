import type { BareJid } from './jid.ts';

/**
 * Whether one slip of the hand makes one text of the other: a letter too many, missing, wrong, or two
 * neighbours exchanged (Damerau–Levenshtein distance 1). Equal texts are not similar.
 */
export function isOneSlipAway(one: string, other: string): boolean {
  const a = Array.from(one);
  const b = Array.from(other);
  if (Math.abs(a.length - b.length) > 1) return false;
  const start = a.findIndex((letter, at) => letter !== b[at]);
  if (start < 0) return b.length === a.length + 1;
  const same = (fromA: number, fromB: number): boolean =>
    a.slice(fromA).join('') === b.slice(fromB).join('');
  if (a.length > b.length) return same(start + 1, start);
  if (a.length < b.length) return same(start, start + 1);
  const exchanged = a[start] === b[start + 1] && a[start + 1] === b[start];
  return same(start + 1, start + 1) || (exchanged && same(start + 2, start + 2));
}

/** The known JIDs that somebody may have meant who typed this one; none when it is known itself. */
export function similarJids(typed: BareJid, known: Iterable<BareJid>): readonly BareJid[] {
  const all = new Set(known);
  if (all.has(typed)) return [];
  return Array.from(all).filter((jid) => isOneSlipAway(typed, jid));
}
