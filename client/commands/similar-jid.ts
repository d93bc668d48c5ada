import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { isMachineJid } from '../inventory/entity-kind.ts';

/** The known JID that is one slip away: one letter wrong, missing, too many, or two exchanged. */
export function similarJid(jid: BareJid, known: Iterable<BareJid>): BareJid | undefined {
  for (const one of known) {
    if (one !== jid && isComparable(one, jid) && isOneSlipAway(one, jid)) return one;
  }
  return undefined;
}

/** Numbered hosts differ by a digit on purpose, and so do UUIDs. */
function isComparable(one: BareJid, other: BareJid): boolean {
  if (isMachineJid(one) || isMachineJid(other)) return false;
  const letters = (jid: BareJid) => jid.replaceAll(/\d+/g, '#');
  const isSameButNumbers = letters(one) === letters(other);
  return !isSameButNumbers && parseJid(one) !== undefined;
}

function isOneSlipAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start += 1;
  if (short.length < long.length) return short.slice(start) === long.slice(start + 1);
  const isReplaced = short.slice(start + 1) === long.slice(start + 1);
  const isExchanged =
    short[start] === long[start + 1] &&
    short[start + 1] === long[start] &&
    short.slice(start + 2) === long.slice(start + 2);
  return isReplaced || isExchanged;
}
