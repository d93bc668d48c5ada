import type { EntityKind } from '../../core/domain/entity.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { ACTIVE, STANDBY } from '../../core/protocol/presence-words.ts';
import type { ContactFacts } from './contact.ts';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HYPERVISOR_STATUS = /^(?:⚭ )?Online(?: \([^()]*\))?(?: — no VT)?$/u;
const ROLES: Readonly<Record<string, EntityKind>> = {
  hypervisor: 'hypervisor',
  virtualmachine: 'virtualmachine',
  'central-agent': 'central-agent',
};

type Clue = (facts: ContactFacts) => EntityKind | undefined;

/** From the surest to the least sure. Today's servers drop the role from the vCards of original agents. */
const clues: readonly Clue[] = [
  ({ identity }) => identity,
  ({ vcard }) => (vcard?.role === undefined ? undefined : ROLES[vcard.role.toLowerCase()]),
  ({ jid }) => (isMachineJid(jid) ? 'virtualmachine' : undefined),
  ({ runsMachines }) => (runsMachines ? 'hypervisor' : undefined),
  (facts) => kindByStatus(facts),
  ({ cached }) => cached?.kind,
];

/** What a contact is, as far as it can be told; a person, where nothing says otherwise. */
export function kindOf(facts: ContactFacts): EntityKind {
  for (const clue of clues) {
    const kind = clue(facts);
    if (kind) return kind;
  }
  return 'user';
}

/** Whether the kind is known without the vCard. */
export function isKindCertain(facts: ContactFacts): boolean {
  return clues.some((clue) => clue(facts) !== undefined);
}

/** A virtual machine's node part is its UUID. */
export function isMachineJid(jid: BareJid): boolean {
  return UUID.test(parseJid(jid)?.node ?? '');
}

function kindByStatus({ presences, cached }: ContactFacts): EntityKind | undefined {
  for (const { presence } of presences) {
    const status = presence.status ?? '';
    // A bare "Online" is what people write, too.
    if (status !== 'Online' && HYPERVISOR_STATUS.test(status)) return 'hypervisor';
    if (status === STANDBY && presence.show === 'away') return 'central-agent';
    if (status === ACTIVE && cached?.kind === 'central-agent') return 'central-agent';
  }
  return undefined;
}
