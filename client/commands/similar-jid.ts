import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { isOneSlipAway } from '../../core/domain/similar-jid.ts';
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
