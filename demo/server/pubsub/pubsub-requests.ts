import { randomBytes } from 'node:crypto';
import { el, type XmlElement } from '../../../core/xml/element.ts';
import { pageOf, readPageRequest, readSubmitted } from '../data-form.ts';
import { childElements, childNamed, childrenNamed, localName } from '../element-access.ts';
import { readJid } from '../jid-text.ts';
import { NS } from '../namespaces.ts';
import { type Answer, refused, type Request, result } from '../requests.ts';
import { configure, DEFAULT_CONFIGURATION } from './node-configuration.ts';
import { pubsubRefused, unsupported } from './pubsub-errors.ts';
import { type PubsubItem, PubsubNode } from './pubsub-node.ts';
import { itemElement, type PubsubNotices } from './pubsub-notices.ts';

type Operation = (request: Request, element: XmlElement, node: PubsubNode) => Answer;

function pubsub(...children: readonly XmlElement[]): Answer {
  return result(el('pubsub', { xmlns: NS.pubsub }, children));
}

function newId(): string {
  return randomBytes(12).toString('hex');
}

/** Answers what users and publishers ask of the service (XEP-0060 sections 5 to 7, and 8.1). */
export class PubsubRequests {
  readonly #nodes: Map<string, PubsubNode>;
  readonly #notices: PubsubNotices;
  readonly #operations: Readonly<Record<string, Operation>> = {
    'set subscribe': (request, element, node) => this.#subscribe(request, element, node),
    'set unsubscribe': (request, element, node) => this.#unsubscribe(request, element, node),
    'set publish': (request, element, node) => this.#publish(request, element, node),
    'set retract': (request, element, node) => this.#retract(request, element, node),
    'get items': (request, element, node) => this.#items(request, element, node),
  };

  constructor(nodes: Map<string, PubsubNode>, notices: PubsubNotices) {
    this.#nodes = nodes;
    this.#notices = notices;
  }

  answer(request: Request): Answer {
    const element = childElements(request.payload)[0];
    if (!element) return refused('bad-request');
    const action = `${request.type} ${localName(element)}`;
    if (action === 'set create') return this.#create(request, element);
    if (action === 'get subscriptions') return this.#subscriptions(request, element);
    if (action === 'get affiliations') return this.#affiliations(request, element);
    const operation = this.#operations[action];
    if (!operation) return unsupported(localName(element));
    const name = element.attributes['node'];
    if (name === undefined) return pubsubRefused('bad-request', 'nodeid-required');
    const node = this.#nodes.get(name);
    return node ? operation(request, element, node) : refused('item-not-found');
  }

  #create(request: Request, element: XmlElement): Answer {
    const name = element.attributes['node'] ?? newId();
    if (this.#nodes.has(name)) return refused('conflict');
    const form = childNamed(request.payload, 'configure');
    const submitted = (form && readSubmitted(form)) ?? new Map<string, readonly string[]>();
    const configuration = configure(DEFAULT_CONFIGURATION, submitted);
    if (!configuration.ok) return refused('not-acceptable');
    this.#nodes.set(name, new PubsubNode(name, request.from.bare, configuration.value));
    return pubsub(el('create', { node: name }));
  }

  #subscribe(request: Request, element: XmlElement, node: PubsubNode): Answer {
    const jid = readJid(element.attributes['jid'] ?? '');
    if (jid?.bare !== request.from.bare) return pubsubRefused('bad-request', 'invalid-jid');
    if (!node.isOpenTo(jid.bare)) return pubsubRefused('not-allowed', 'closed-node');
    const subscribed = element.attributes['jid'] ?? jid.bare;
    const known = node.subscriptions.get(subscribed);
    const subscription = known ?? { jid: subscribed, account: jid.bare, id: newId() };
    node.subscriptions.set(subscribed, subscription);
    const attributes = { node: node.name, jid: subscribed, subid: subscription.id };
    return pubsub(el('subscription', { ...attributes, subscription: 'subscribed' }));
  }

  #unsubscribe(request: Request, element: XmlElement, node: PubsubNode): Answer {
    const jid = element.attributes['jid'] ?? '';
    if (readJid(jid)?.bare !== request.from.bare) return refused('forbidden');
    const known = node.subscriptions.get(jid);
    if (!known) return pubsubRefused('unexpected-request', 'not-subscribed');
    const id = element.attributes['subid'];
    if (id !== undefined && id !== known.id)
      return pubsubRefused('not-acceptable', 'invalid-subid');
    node.subscriptions.delete(jid);
    return result();
  }

  #publish(request: Request, element: XmlElement, node: PubsubNode): Answer {
    if (!node.mayPublish(request.from.bare)) return refused('forbidden');
    const elements = childrenNamed(element, 'item');
    if (elements.length === 0 && node.configuration.persistItems) {
      return pubsubRefused('bad-request', 'item-required');
    }
    const items = elements.map((item): PubsubItem => {
      const payload = childElements(item)[0];
      return { id: item.attributes['id'] ?? newId(), publisher: request.from.bare, payload };
    });
    for (const item of items) node.keep(item);
    this.#notices.published(node, items);
    const ids = items.map(({ id }) => el('item', { id }));
    return pubsub(el('publish', { node: node.name }, ids));
  }

  #retract(request: Request, element: XmlElement, node: PubsubNode): Answer {
    const ids = childrenNamed(element, 'item').flatMap((item) => item.attributes['id'] ?? []);
    if (ids.length === 0) return pubsubRefused('bad-request', 'item-required');
    const account = request.from.bare;
    const isTheirs = ids.every((id) => node.item(id)?.publisher === account);
    if (!node.isOwner(account) && !isTheirs) return refused('forbidden');
    if (!ids.every((id) => node.item(id))) return refused('item-not-found');
    for (const id of ids) node.retract(id);
    this.#notices.retracted(node, ids);
    return result();
  }

  #items(request: Request, element: XmlElement, node: PubsubNode): Answer {
    if (!node.isOpenTo(request.from.bare)) return pubsubRefused('not-allowed', 'closed-node');
    const wanted = childrenNamed(element, 'item').flatMap((item) => item.attributes['id'] ?? []);
    const all = wanted.length > 0 ? wanted.flatMap((id) => node.item(id) ?? []) : node.items();
    const limit = element.attributes['max_items'];
    if (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit)) return refused('bad-request');
    const newest = limit === undefined ? all : all.slice(-Number(limit));
    const page = pageOf(newest, ({ id }) => id, readPageRequest(request.payload));
    if (!page) return refused('item-not-found');
    const items = page.items.map((item) => itemElement(item));
    const set = page.set ? [page.set] : [];
    return pubsub(el('items', { node: node.name }, items), ...set);
  }

  #subscriptions(request: Request, element: XmlElement): Answer {
    const only = element.attributes['node'];
    const found = [...this.#nodes.values()].flatMap((node) =>
      only !== undefined && node.name !== only
        ? []
        : [...node.subscriptions.values()]
            .filter(({ account }) => account === request.from.bare)
            .map(({ jid, id }) => {
              const attributes = { node: node.name, jid, subid: id, subscription: 'subscribed' };
              return el('subscription', attributes);
            }),
    );
    return pubsub(el('subscriptions', { node: only }, found));
  }

  #affiliations(request: Request, element: XmlElement): Answer {
    const only = element.attributes['node'];
    const found = [...this.#nodes.values()].flatMap((node) => {
      const affiliation = node.affiliations.get(request.from.bare);
      if (!affiliation || (only !== undefined && node.name !== only)) return [];
      return [el('affiliation', { node: node.name, affiliation })];
    });
    return pubsub(el('affiliations', { node: only }, found));
  }
}
