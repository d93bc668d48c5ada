import type { EntityState } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Clock } from '../../node/xmpp/clock.ts';
import { isMachineJid } from '../inventory/entity-kind.ts';
import { PresenceIntake } from '../inventory/presence-intake.ts';
import type { LinkParts } from './link-parts.ts';

/** What presences tell that all accounts share. */
export interface PresenceEvents {
  settled(): void;
  arrived(jid: BareJid): void;
  departed(jid: BareJid): void;
  failed(jid: BareJid, state: EntityState): void;
  recovered(jid: BareJid): void;
  agentLearned(jid: BareJid): void;
}

/** Takes the presences of a link into the inventory, and has the keepers learn from them. */
export function takePresences(parts: LinkParts, clock: Clock, told: PresenceEvents) {
  const { presences, view, slices, vcards } = parts;
  return new PresenceIntake({
    table: presences,
    view,
    queue: slices,
    clock,
    arrived: (jid) => told.arrived(jid),
    departed: (jid) => told.departed(jid),
    failed: (jid, state) => told.failed(jid, state),
    recovered: (jid) => told.recovered(jid),
    heard: (jid) => void heard(parts, told, jid),
    vcardChanged: (jid) => vcards.changed(jid),
    settled: () => told.settled(),
  });
}

async function heard(
  { agents, vcards, view }: LinkParts,
  told: PresenceEvents,
  jid: BareJid,
): Promise<void> {
  await agents.arrived(jid);
  if (!isMachineJid(jid) && view.entity(jid)?.kind === 'hypervisor') told.agentLearned(jid);
  const [presence] = view.facts(jid)?.presences ?? [];
  if (presence) vcards.heard(jid, presence);
}
