import type { ElementReader } from '../../core/xml/element.ts';
import { childOf, childrenOf } from './elements.ts';
import { NS } from './namespaces.ts';
import { type PubsubItem, readItem } from './pubsub.ts';

/** What a service tells the subscribers of a node (XEP-0060 §7.1.2). */
export interface PubsubEvent {
  /** The service. */
  readonly from: string;
  readonly node: string;
  readonly published: readonly PubsubItem[];
  /** Ids of items that are gone. */
  readonly retracted: readonly string[];
  readonly change: 'items' | 'purged' | 'deleted' | 'configured';
}

const CHANGES: Readonly<Record<string, PubsubEvent['change']>> = {
  items: 'items',
  purge: 'purged',
  delete: 'deleted',
  configuration: 'configured',
};

/** Reads a pubsub event out of a message; undefined when it carries none. */
export function readPubsubEvent(message: ElementReader): PubsubEvent | undefined {
  if (message.attribute('type') === 'error') return undefined;
  const event = childOf(message, 'event', NS.pubsubEvent);
  const told = event?.children().find((child) => Object.hasOwn(CHANGES, child.name));
  if (told === undefined) return undefined;
  return {
    from: message.attribute('from') ?? '',
    node: told.attribute('node') ?? '',
    published: childrenOf(told, 'item').map(readItem),
    retracted: childrenOf(told, 'retract').map((item) => item.attribute('id') ?? ''),
    change: CHANGES[told.name] ?? 'items',
  };
}
