import { randomUUID } from 'node:crypto';
import type { BareJid } from '../../../core/domain/jid.ts';
import { ok, type Result } from '../../../core/lib/result.ts';
import { el, type XmlElement } from '../../../core/xml/element.ts';
import { writeForm } from '../data-form.ts';
import { NS } from '../namespaces.ts';
import { type Answer, refused, type Request, type RequestHandlers, result } from '../requests.ts';
import { configurationFields, configure, DEFAULT_CONFIGURATION } from './node-configuration.ts';
import { PubsubNode } from './pubsub-node.ts';
import { type Deliver, PubsubNotices } from './pubsub-notices.ts';
import { PubsubOwnerRequests } from './pubsub-owner-requests.ts';
import { PubsubRequests } from './pubsub-requests.ts';

const FEATURES = [
  'access-open',
  'access-whitelist',
  'config-node',
  'create-and-configure',
  'create-nodes',
  'delete-items',
  'delete-nodes',
  'instant-nodes',
  'item-ids',
  'manage-affiliations',
  'modify-affiliations',
  'persistent-items',
  'publish',
  'purge-nodes',
  'retract-items',
  'retrieve-affiliations',
  'retrieve-default',
  'retrieve-items',
  'retrieve-subscriptions',
  'rsm',
  'subscribe',
] as const;

/** The pubsub service of the domain, in memory. Everybody may create nodes, as the platform needs. */
export class PubsubService {
  readonly #nodes = new Map<string, PubsubNode>();
  readonly #notices: PubsubNotices;
  readonly #service: string;
  /** Handlers by the namespace of what is asked of the service. */
  readonly handlers: RequestHandlers;

  constructor(service: string, deliver: Deliver) {
    this.#service = service;
    this.#notices = new PubsubNotices(service, deliver);
    const users = new PubsubRequests(this.#nodes, this.#notices);
    const owners = new PubsubOwnerRequests(this.#nodes, this.#notices);
    this.handlers = new Map([
      [NS.pubsub, (request: Request) => users.answer(request)],
      [NS.pubsubOwner, (request: Request) => owners.answer(request)],
      [NS.discoInfo, (request: Request) => this.#info(request)],
      [NS.discoItems, (request: Request) => this.#items(request)],
    ]);
  }

  /** Makes a node for an owner, unless there is one of that name. */
  createNode(
    name: string,
    owner: BareJid,
    fields: Readonly<Record<string, string>>,
  ): Result<PubsubNode, string> {
    const known = this.#nodes.get(name);
    if (known) return ok(known);
    const submitted = Object.entries(fields).map(
      ([key, value]) => [`pubsub#${key}`, [value]] as const,
    );
    const configuration = configure(DEFAULT_CONFIGURATION, new Map(submitted));
    if (!configuration.ok) return configuration;
    const node = new PubsubNode(name, owner, configuration.value);
    this.#nodes.set(name, node);
    return ok(node);
  }

  /** Publishes an item in a node, if there is one of that name; without an identifier it gets one. */
  publish(name: string, id: string | undefined, payload: XmlElement): void {
    const node = this.#nodes.get(name);
    if (!node) return;
    const item = { id: id ?? randomUUID(), publisher: this.#service, payload };
    node.keep(item);
    this.#notices.published(node, [item]);
  }

  /** Ends the subscriptions and affiliations of an account that is gone. */
  forget(account: BareJid): void {
    for (const node of this.#nodes.values()) {
      node.affiliations.delete(account);
      for (const [jid, subscription] of node.subscriptions) {
        if (subscription.account === account) node.subscriptions.delete(jid);
      }
    }
  }

  #info(request: Request): Answer {
    const name = request.payload.attributes['node'];
    if (name === undefined) return result(serviceInfo());
    const node = this.#nodes.get(name);
    return node ? result(nodeInfo(node)) : refused('item-not-found');
  }

  #items(request: Request): Answer {
    const name = request.payload.attributes['node'];
    const jid = request.to.bare;
    const children =
      name === undefined ? this.#nodeItems(jid) : this.#itemItems(jid, name, request);
    if (!children) return refused('item-not-found');
    return result(el('query', { xmlns: NS.discoItems, node: name }, children));
  }

  #nodeItems(jid: string): XmlElement[] {
    return [...this.#nodes.values()].map(({ name, configuration }) => {
      return el('item', { jid, node: name, name: configuration.title || undefined });
    });
  }

  #itemItems(jid: string, name: string, request: Request): XmlElement[] | undefined {
    const node = this.#nodes.get(name);
    if (!node) return undefined;
    if (!node.isOpenTo(request.from.bare)) return [];
    return node.items().map(({ id }) => el('item', { jid, name: id }));
  }
}

function serviceInfo(): XmlElement {
  const features = FEATURES.map((feature) => `${NS.pubsub}#${feature}`);
  return el('query', { xmlns: NS.discoInfo }, [
    el('identity', { category: 'pubsub', type: 'service', name: 'Publish and subscribe' }),
    ...[NS.discoInfo, NS.discoItems, NS.resultSet, NS.pubsub, ...features].map((feature) =>
      el('feature', { var: feature }),
    ),
  ]);
}

function nodeInfo(node: PubsubNode): XmlElement {
  const fields = configurationFields(node.configuration);
  return el('query', { xmlns: NS.discoInfo, node: node.name }, [
    el('identity', { category: 'pubsub', type: 'leaf' }),
    el('feature', { var: NS.pubsub }),
    writeForm({ type: 'result', formType: `${NS.pubsub}#meta-data`, fields }),
  ]);
}
