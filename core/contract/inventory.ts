import * as v from 'valibot';
import { EntityId, type Entity } from '../domain/entity.ts';
import type { BareJid } from '../domain/jid.ts';
import { call, reply, textCall, textEvent } from './define.ts';

export interface SubscriptionRequest {
  readonly account: BareJid;
  readonly jid: BareJid;
  readonly nick?: string;
}

export interface InventorySnapshot {
  /** Counts up with each delta; a delta older than the snapshot is passed over. */
  readonly revision: number;
  readonly entities: readonly Entity[];
  readonly requests: readonly SubscriptionRequest[];
  /** Milliseconds since 1970 when what comes from the cache was saved. */
  readonly cachedAt?: number;
}

export interface InventoryDelta {
  readonly revision: number;
  readonly changed: readonly Entity[];
  readonly removed: readonly EntityId[];
  /** All pending requests, when they changed. */
  readonly requests?: readonly SubscriptionRequest[];
  /** Nothing comes from the cache any more: the snapshot's `cachedAt` is gone. */
  readonly isCurrent?: true;
}

export const inventory = {
  /** From this call on the window receives deltas; it is called again to catch up. */
  snapshot: textCall(v.undefined(), reply<InventorySnapshot>()),
  changed: textEvent<InventoryDelta>(),
  /** The user looked: unread marks and the fault mark go. */
  seen: call(v.strictObject({ entity: EntityId }), reply<undefined>()),
};
