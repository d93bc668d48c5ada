import { LIFECYCLE, type DomainEvent, type LifecycleName } from '../domain-event.ts';
import type { LIFECYCLE_EVENT } from './procedures.ts';
import type { XdrValue } from './xdr.ts';

/** The events in the order of their numbers, which is the order of the table. */
const NAMES = Object.keys(LIFECYCLE) as readonly LifecycleName[];

/** What a lifecycle message tells; undefined for an event that only a newer libvirt knows. */
export function readLifecycle(
  message: XdrValue<typeof LIFECYCLE_EVENT.message>,
): DomainEvent | undefined {
  const event = NAMES[message.event];
  if (event === undefined) return undefined;
  const details: readonly string[] = LIFECYCLE[event];
  const { uuid, name, id } = message.domain;
  return {
    event,
    detail: details[message.detail] ?? 'unknown',
    uuid,
    name,
    id: id < 0 ? undefined : id,
  } as DomainEvent;
}
