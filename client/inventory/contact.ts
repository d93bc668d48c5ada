import type {
  AgentFacts,
  Entity,
  EntityId,
  EntityKind,
  EntityState,
  VcardFacts,
} from '../../core/domain/entity.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { ResourcePresence } from '../../node/xmpp/presence-table.ts';

/** What the roster says of a contact. */
export interface RosterFacts {
  /** Empty where the roster has none. */
  readonly name: string;
  readonly groups: readonly string[];
  readonly subscription: Entity['subscription'];
  readonly pending: boolean;
}

/** All that is known of a contact, each fact from where it was learned. */
export interface ContactFacts {
  readonly account: BareJid;
  readonly jid: BareJid;
  readonly roster?: RosterFacts;
  /** Of resources that are online, the most important first. */
  readonly presences: readonly ResourcePresence[];
  /** Presences have been told, so that silence means offline. */
  readonly isHeard: boolean;
  /** Its presences were told at a log-in: they say what is so, not since when. */
  readonly isBurst?: boolean;
  /** When it went offline, where that was heard; 0 where it was gone by the time of a log-in. */
  readonly offlineSince?: number;
  /** By disco#info, which agents of ours answer; a user where a program for people does. */
  readonly identity?: EntityKind;
  /** The account subscribed to its events once. */
  readonly hasEventsNode?: true;
  readonly vcard?: VcardFacts;
  /** SHA-1 of the picture in its vCard; empty when there is none. */
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
  readonly overLimit?: string;
  /** As it was when the application last ran. */
  readonly cached?: Entity;
}

/** What describing one contact needs to know of the others. */
export interface Surroundings {
  idOf(jid: BareJid): EntityId | undefined;
  isKnown(id: EntityId): boolean;
  /** The account's link works; otherwise everything is as old as the link. */
  readonly isLive: boolean;
}

export function newContact(account: BareJid, jid: BareJid): ContactFacts {
  return { account, jid, presences: [], isHeard: false, permissions: 'unknown', unread: 0 };
}
