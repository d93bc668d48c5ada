import * as v from 'valibot';
import type { BareJid } from './jid.ts';

/** One contact of one account: `account>contact`, both bare. The same VM seen by two accounts is two entities. */
export const EntityId = v.pipe(v.string(), v.regex(/^[^>]+>[^>]+$/u), v.brand('EntityId'));
export type EntityId = v.InferOutput<typeof EntityId>;

/** As `EntityId` reads it: no bare JID is empty or has a `>` in it. Made for each presence several times. */
export function entityId(account: BareJid, jid: BareJid): EntityId {
  return `${account}>${jid}` as EntityId;
}

/** Whether an entity, by its id, is a contact of an account. */
export function isOfAccount(entity: string, account: BareJid): boolean {
  return entity.startsWith(`${account}>`);
}

export type EntityKind = 'hypervisor' | 'virtualmachine' | 'central-agent' | 'user';

/**
 * What an entity is doing, as its presence tells (protocol: presence conventions).
 * `unknown`: no presence has been heard since the log-in, or the subscription is not there.
 */
export type EntityState =
  | 'running'
  | 'paused'
  | 'off'
  | 'undefined'
  | 'shutting-down'
  | 'crashed'
  | 'migrating'
  | 'busy'
  | 'libvirt-lost'
  | 'available'
  | 'away'
  | 'offline'
  | 'unknown';

export interface VcardFacts {
  readonly fullName?: string;
  readonly organisation?: string;
  readonly unit?: string;
  readonly locality?: string;
  readonly owner?: string;
  readonly categories?: string;
  readonly role?: string;
  readonly title?: string;
}

/** What an agent can do: an agent of ours says so by disco#info, an original one cannot be asked. */
export interface AgentFacts {
  readonly generation: 'ours' | 'original';
  readonly version?: string;
  /** Namespaces of ours that it announces. */
  readonly features: readonly string[];
}

/** An entity as windows see it. Times are milliseconds since 1970. */
export interface Entity {
  readonly id: EntityId;
  readonly account: BareJid;
  readonly jid: BareJid;
  readonly kind: EntityKind;
  readonly name: string;
  /** Groups of the roster, nested by the account's delimiter. */
  readonly groups: readonly string[];
  readonly subscription: 'none' | 'to' | 'from' | 'both';
  /** A subscription was asked for and not answered yet. */
  readonly pending: boolean;
  readonly state: EntityState;
  /** 0 to 100, while migrating. */
  readonly progress?: number;
  /** The status text of the presence, as sent. */
  readonly status: string;
  /** Since when it is in this state; 0 where that is not known. */
  readonly since: number;
  /** The resource that requests go to; absent while offline. */
  readonly resource?: string;
  /** Of a virtual machine: the hypervisor that runs it, where it is known. */
  readonly hypervisor?: EntityId;
  readonly tags: readonly string[];
  /** Hash of the avatar; the picture is at `/avatar/<hash>.png` of our own origin. */
  readonly avatar?: string;
  readonly vcard?: VcardFacts;
  readonly agent?: AgentFacts;
  /** Own permissions: all of them, those named, or not asked for yet. */
  readonly permissions: 'unknown' | 'all' | readonly string[];
  /** Shown from the cache, or not heard of for longer than the link allows. */
  readonly stale: boolean;
  readonly unread: number;
  /** The last thing that failed here, until it is looked at. */
  readonly fault?: string;
  /** Which limit of the settings it is over. */
  readonly overLimit?: string;
}
