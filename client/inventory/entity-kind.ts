import type { EntityKind } from '../../core/domain/entity.ts';
import { IDENTITY_CATEGORY, kindOf as kindByEvidence } from '../../core/domain/entity-kind.ts';
import { nodeOf, type BareJid } from '../../core/domain/jid.ts';
import { isUuid } from '../../core/domain/uuid.ts';
import { given } from '../given.ts';
import type { ContactFacts } from './contact.ts';

/** What a contact is, as far as it can be told; a person, where nothing says otherwise. */
export function kindOf(facts: ContactFacts): EntityKind {
  const kind = kindBySigns(facts);
  if (kind !== 'user') return kind;
  if (facts.runsMachines) return 'hypervisor';
  // A role in its vCard that is none of ours makes it a person for sure.
  return facts.vcard?.role === undefined ? (facts.cached?.kind ?? 'user') : 'user';
}

/** Whether the kind is known without the vCard. */
export function isKindCertain(facts: ContactFacts): boolean {
  return kindBySigns(facts) !== 'user' || facts.runsMachines === true || isPerson(facts);
}

/** A virtual machine's node part is its UUID. */
export function isMachineJid(jid: BareJid): boolean {
  return isUuid(nodeOf(jid) ?? '');
}

function isPerson({ identity, vcard }: ContactFacts): boolean {
  return identity === 'user' || vcard !== undefined;
}

function kindBySigns(facts: ContactFacts): EntityKind {
  const { identity, vcard, hasEventsNode, presences } = facts;
  return kindByEvidence({
    jid: { node: nodeOf(facts.jid) },
    // Somebody may log in as an agent with a program for people: any sign of an agent outweighs that.
    ...(identity && identity !== 'user'
      ? { identities: [{ category: IDENTITY_CATEGORY, type: identity }] }
      : {}),
    ...given({ role: vcard?.role, status: presences[0]?.presence.status, hasEventsNode }),
  });
}
