import { el, type XmlElement } from '../../../core/xml/element.ts';
import { NS } from '../namespaces.ts';
import type { PubsubItem, PubsubNode } from './pubsub-node.ts';

/** Hands a message to the router, from the service to a subscriber. */
export type Deliver = (message: XmlElement) => void;

export function itemElement(item: PubsubItem, withPayload = true): XmlElement {
  const payload = withPayload && item.payload ? [item.payload] : [];
  return el('item', { id: item.id }, payload);
}

/** Tells subscribers what happens in a node, as headlines so that nothing is stored for the absent. */
export class PubsubNotices {
  readonly #service: string;
  readonly #deliver: Deliver;

  constructor(service: string, deliver: Deliver) {
    this.#service = service;
    this.#deliver = deliver;
  }

  published(node: PubsubNode, items: readonly PubsubItem[]): void {
    const { deliverPayloads } = node.configuration;
    const elements = items.map((item) => itemElement(item, deliverPayloads));
    this.#tell(node, el('items', { node: node.name }, elements));
  }

  retracted(node: PubsubNode, ids: readonly string[]): void {
    if (!node.configuration.notifyRetract) return;
    const elements = ids.map((id) => el('retract', { id }));
    this.#tell(node, el('items', { node: node.name }, elements));
  }

  purged(node: PubsubNode): void {
    if (node.configuration.notifyRetract) this.#tell(node, el('purge', { node: node.name }));
  }

  deleted(node: PubsubNode): void {
    if (node.configuration.notifyDelete) this.#tell(node, el('delete', { node: node.name }));
  }

  #tell(node: PubsubNode, what: XmlElement): void {
    if (!node.configuration.deliverNotifications) return;
    const event = el('event', { xmlns: NS.pubsubEvent }, [what]);
    for (const { jid } of node.subscriptions.values()) {
      this.#deliver(el('message', { type: 'headline', from: this.#service, to: jid }, [event]));
    }
  }
}
