import type { AgentFacts, Entity, EntityId, EntityKind } from '../../core/domain/entity.ts';
import type { EntityState, VcardFacts } from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { Presence } from '../../core/protocol/presence.ts';

/** What the roster says of a contact. */
export interface RosterFacts {
  /** Empty where the roster has none. */
  readonly name: string;
  readonly groups: readonly string[];
  readonly subscription: Entity['subscription'];
  readonly pending: boolean;
}

/** The presence of one resource. */
export interface ResourcePresence {
  readonly resource: string;
  readonly presence: Presence;
  readonly priority: number;
  /** When it was sent, or heard where that is not said. */
  readonly at: number;
}

/** All that is known of a contact, each fact from where it was learned. */
export interface ContactFacts {
  readonly account: BareJid;
  readonly jid: BareJid;
  readonly roster?: RosterFacts;
  /** Of resources that are online. */
  readonly presences: readonly ResourcePresence[];
  /** Presences have been told, so that silence means offline. */
  readonly isHeard: boolean;
  /** When it went offline, where that was heard. */
  readonly offlineSince?: number;
  /** The status text it went offline with. */
  readonly offlineStatus?: string;
  /** By disco#info, which agents of ours answer. */
  readonly identity?: EntityKind;
  readonly vcard?: VcardFacts;
  readonly avatar?: string;
  readonly nick?: string;
  readonly tags?: readonly string[];
  readonly agent?: AgentFacts;
  readonly permissions: Entity['permissions'];
  /** Virtual machines are heard from its resource, or it answers as a hypervisor. */
  readonly runsMachines?: true;
  /** The hypervisor that listed this machine as its own. */
  readonly listedBy?: BareJid;
  /** What an answer said of its state, newer than the last presence. */
  readonly answered?: { readonly state: EntityState; readonly at: number };
  readonly unread: number;
  readonly fault?: string;
  /** As it was when the application last ran. */
  readonly cached?: Entity;
}

/** What describing one contact needs to know of the others. */
export interface Surroundings {
  idOf(jid: BareJid): EntityId | undefined;
  /** The account's link works; otherwise everything is as old as the link. */
  readonly isLive: boolean;
}

export function newContact(account: BareJid, jid: BareJid): ContactFacts {
  return { account, jid, presences: [], isHeard: false, permissions: 'unknown', unread: 0 };
}
