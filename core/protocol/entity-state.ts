import type { EntityKind, EntityState } from '../domain/entity.ts';
import { readHypervisorPresence } from './agent-presence.ts';
import type { Presence } from './presence.ts';
import { readVmPresence } from './vm-presence.ts';

/** What windows show of an entity's presence. */
export interface StateShown {
  readonly state: EntityState;
  /** 0 to 100, while migrating. */
  readonly progress?: number;
}

/** Whether a presence says that its sender is there or gone, and is not about a subscription or an error. */
function isAvailability({ type }: Presence): boolean {
  return type === undefined || type === 'unavailable';
}

/** What a presence makes of an entity of that kind; undefined when it says nothing about its state. */
export function stateShown(kind: EntityKind, presence: Presence): StateShown | undefined {
  if (!isAvailability(presence)) return undefined;
  if (kind === 'virtualmachine') {
    const value = readVmPresence(presence);
    return value.state === 'migrating'
      ? { state: 'migrating', progress: value.percent }
      : { state: value.state };
  }
  if (kind === 'hypervisor') return { state: readHypervisorPresence(presence).state };
  if (presence.type !== undefined) return { state: 'offline' };
  const isAway = presence.show !== undefined && presence.show !== 'chat';
  return { state: isAway ? 'away' : 'available' };
}
