import type { BareJid } from '../domain/jid.ts';
import { parseJid } from '../domain/jid.ts';

/** Tags of all entities; one item for each, published by the entity itself. */
export const TAGS_NODE = '/archipel/tags';
/** Templates of permissions, kept by clients. */
export const ROLES_NODE = '/archipel/roles';
/** Accounts that may everything on every entity. */
export const ADMINS_NODE = '/archipel/adminaccounts';

/** The node on which an entity publishes its pushes. */
export function eventsNode(jid: BareJid): string {
  return `/archipel/${jid}/events`;
}

/** The node an entity creates for its log; nothing is published there. */
export function logsNode(jid: BareJid): string {
  return `/archipel/${jid}/logs`;
}

/** The entity that a node of the form `/archipel/<bare JID>/…` belongs to. */
export function ownerOfNode(node: string): BareJid | undefined {
  const [, root, owner, ...rest] = node.split('/');
  if (root !== 'archipel' || owner?.includes('@') !== true || rest.length === 0) return undefined;
  return parseJid(owner)?.bare;
}

/** Fields of a `pubsub#node_config` form (XEP-0060 §16.4.4), without their prefix `pubsub#`. */
export type NodeConfiguration = Readonly<Record<string, string>>;

const SHARED = { access_model: 'open', deliver_notifications: '1', deliver_payloads: '1' };

export const EVENTS_NODE_CONFIGURATION: NodeConfiguration = {
  ...SHARED,
  persist_items: '0',
  notify_retract: '0',
  send_last_published_item: 'never',
};

export const LOGS_NODE_CONFIGURATION: NodeConfiguration = {
  ...SHARED,
  max_items: '1000',
  persist_items: '1',
  notify_retract: '0',
  send_last_published_item: 'never',
};

export const TAGS_NODE_CONFIGURATION: NodeConfiguration = {
  ...SHARED,
  publish_model: 'open',
  max_items: '1000',
  persist_items: '1',
  notify_retract: '0',
};

export const ROLES_NODE_CONFIGURATION: NodeConfiguration = { ...TAGS_NODE_CONFIGURATION };

export const ADMINS_NODE_CONFIGURATION: NodeConfiguration = {
  ...SHARED,
  publish_model: 'publishers',
  max_items: '1000',
  persist_items: '1',
  notify_retract: '1',
};
