import type { Entity, EntityKind } from '../../core/domain/entity.ts';
import { entityId } from '../../core/domain/entity.ts';
import { domainOf, nodeOf, parseJid, type BareJid } from '../../core/domain/jid.ts';
import { stateShown, type StateShown } from '../../core/protocol/entity-state.ts';
import type { ResourcePresence } from '../../node/xmpp/presence-table.ts';
import { given } from '../given.ts';
import type { ContactFacts, RosterFacts, Surroundings } from './contact.ts';
import { kindOf } from './entity-kind.ts';

const NO_ROSTER: RosterFacts = { name: '', groups: [], subscription: 'none', pending: false };

/** A contact as windows see it. `before` is what they were told last; it decides since when a state holds. */
export function describeEntity(
  facts: ContactFacts,
  surroundings: Surroundings,
  before: Entity | undefined,
): Entity {
  const kind = kindOf(facts);
  const [presence] = facts.presences;
  const { state, progress } = stateOf(facts, kind, presence);
  const { groups, subscription, pending } = facts.roster ?? facts.cached ?? NO_ROSTER;
  return {
    id: entityId(facts.account, facts.jid),
    account: facts.account,
    jid: facts.jid,
    kind,
    name: nameOf(facts),
    groups,
    subscription,
    pending,
    state,
    status: presence?.presence.status ?? '',
    since: sinceOf(facts, state, presence, before),
    tags: tagsOf(facts),
    permissions: facts.permissions,
    stale: !surroundings.isLive || isFromCache(facts, presence),
    unread: facts.unread,
    ...given({
      progress,
      resource: presence?.resource,
      hypervisor: hypervisorOf(facts, kind, before, surroundings),
      fault: facts.fault,
      overLimit: facts.overLimit,
    }),
    ...details(facts),
  };
}

function tagsOf({ tags, cached }: ContactFacts): readonly string[] {
  return tags ?? cached?.tags ?? [];
}

function isFromCache(facts: ContactFacts, presence: ResourcePresence | undefined): boolean {
  return presence === undefined && !facts.isHeard && facts.cached !== undefined;
}

function details({ avatar, vcard, agent, cached }: ContactFacts) {
  return given({
    avatar: (avatar ?? cached?.avatar) || undefined,
    vcard: vcard ?? cached?.vcard,
    agent: agent ?? cached?.agent,
  });
}

function nameOf({ roster, vcard, nick, cached, jid }: ContactFacts): string {
  const candidates = [roster?.name, vcard?.fullName, nick, cached?.name, nodeOf(jid)];
  return candidates.find((one) => one !== undefined && one.trim() !== '') ?? jid;
}

function stateOf(
  facts: ContactFacts,
  kind: EntityKind,
  presence: ResourcePresence | undefined,
): StateShown {
  if (!presence) return stateInSilence(facts);
  const { answered } = facts;
  if (answered && answered.at > presence.receivedAt) return { state: answered.state };
  return stateShown(kind, presence.presence) ?? { state: 'unknown' };
}

function stateInSilence({ isHeard, roster, cached }: ContactFacts): StateShown {
  if (isHeard) {
    const canHear = roster?.subscription === 'to' || roster?.subscription === 'both';
    return { state: canHear ? 'offline' : 'unknown' };
  }
  return cached ? { state: cached.state, ...given({ progress: cached.progress }) } : NO_STATE;
}

const NO_STATE: StateShown = { state: 'unknown' };

function sinceOf(
  { cached, answered, offlineSince, isBurst }: ContactFacts,
  state: Entity['state'],
  presence: ResourcePresence | undefined,
  before: Entity | undefined,
): number {
  // Presences are repeated: only another state begins a new time.
  const last = before ?? cached;
  if (last?.state === state) return last.since;
  if (!presence) return offlineSince ?? 0;
  if (answered && answered.at > presence.receivedAt) return answered.at;
  return sentAt(presence) ?? (isBurst === true ? 0 : presence.receivedAt);
}

function hypervisorOf(
  facts: ContactFacts,
  kind: EntityKind,
  before: Entity | undefined,
  surroundings: Surroundings,
): Entity['hypervisor'] {
  if (kind !== 'virtualmachine') return undefined;
  const [presence] = facts.presences;
  const candidates = [presence && hostOf(facts, presence), facts.listedBy];
  const known = candidates.map((jid) => jid && surroundings.idOf(jid));
  // A machine that falls silent stays where it was.
  const last = [before?.hypervisor, facts.cached?.hypervisor].filter((id) => {
    return id !== undefined && surroundings.isKnown(id);
  });
  return [...known, ...last].find((id) => id !== undefined);
}

/** A server says when a presence was sent that it kept. */
function sentAt({ presence, receivedAt }: ResourcePresence): number | undefined {
  const sent = Date.parse(presence.delayed ?? '');
  return Number.isNaN(sent) ? undefined : Math.min(sent, receivedAt);
}

/** An agent gives its machines its own node part as their resource. */
function hostOf({ jid }: ContactFacts, { resource }: ResourcePresence): BareJid | undefined {
  return parseJid(`${resource}@${domainOf(jid)}`)?.bare;
}
