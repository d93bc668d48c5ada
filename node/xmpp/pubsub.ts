import { err, ok, type Result } from '../../core/lib/result.ts';
import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { childOf, childrenOf } from './elements.ts';
import { submitForm } from './data-form.ts';
import { NS } from './namespaces.ts';
import { type PageFacts, type PageRequest, readPageFacts, writePageRequest } from './result-set.ts';
import type { IqFailure } from './session-failure.ts';
import type { Session } from './session-types.ts';

type Done = Promise<Result<void, IqFailure>>;

/** An item of a node. `payload` is undefined where a node announces without contents. */
export interface PubsubItem {
  readonly id: string;
  readonly publisher: string | undefined;
  readonly payload: ElementReader | undefined;
}

export interface PubsubPage extends PageFacts {
  readonly items: readonly PubsubItem[];
}

export interface NodeSubscription {
  readonly node: string;
  readonly jid: string;
  /** `subscribed`, `pending`, `unconfigured` or `none`. */
  readonly state: string;
  readonly id: string | undefined;
}

export type Affiliation = 'owner' | 'publisher' | 'publish-only' | 'member' | 'none' | 'outcast';

/** One publish-subscribe service (XEP-0060), such as `pubsub.example.org`. */
export class Pubsub {
  readonly #session: Session;
  readonly service: string;

  constructor(session: Session, service: string) {
    this.#session = session;
    this.service = service;
  }

  /** Subscribes the account's bare JID, so that events come to every resource. */
  async subscribe(node: string): Promise<Result<NodeSubscription, IqFailure>> {
    const jid = this.#session.bareJid;
    const answer = await this.#ask('set', NS.pubsub, [el('subscribe', { node, jid })]);
    if (!answer.ok) return answer;
    const given = childOf(answer.value, 'subscription');
    return ok({ ...readSubscription(given), node, jid });
  }

  /** Ends a subscription; `id` where the service allows several to one node. */
  async unsubscribe(node: string, id?: string): Done {
    const jid = this.#session.bareJid;
    return this.#do(NS.pubsub, [el('unsubscribe', { node, jid, subid: id })]);
  }

  /** The account's subscriptions at this service, or to one node. */
  async subscriptions(node?: string): Promise<Result<readonly NodeSubscription[], IqFailure>> {
    const answer = await this.#ask('get', NS.pubsub, [el('subscriptions', { node })]);
    if (!answer.ok) return answer;
    const list = childOf(answer.value, 'subscriptions');
    return ok(
      childrenOf(list, 'subscription').map((one) => {
        const read = readSubscription(one);
        return { ...read, node: read.node || (list?.attribute('node') ?? '') };
      }),
    );
  }

  /** Publishes an item and gives its id; the same id replaces. */
  async publish(
    node: string,
    payload: XmlElement,
    id?: string,
  ): Promise<Result<string, IqFailure>> {
    const publish = el('publish', { node }, [el('item', { id }, [payload])]);
    const answer = await this.#ask('set', NS.pubsub, [publish]);
    if (!answer.ok) return answer;
    const item = childOf(childOf(answer.value, 'publish'), 'item');
    return ok(item?.attribute('id') ?? id ?? '');
  }

  /** The items of a node: all that the service gives, certain ones, or a page. */
  async items(
    node: string,
    which: { readonly ids?: readonly string[]; readonly page?: PageRequest } = {},
  ): Promise<Result<PubsubPage, IqFailure>> {
    const wanted = (which.ids ?? []).map((id) => el('item', { id }));
    const request = [el('items', { node }, wanted), ...writePageRequest(which.page)];
    const answer = await this.#ask('get', NS.pubsub, request);
    if (!answer.ok) return answer;
    const items = childrenOf(childOf(answer.value, 'items'), 'item').map(readItem);
    return ok({ items, ...readPageFacts(answer.value) });
  }

  async retract(node: string, id: string): Done {
    return this.#do(NS.pubsub, [el('retract', { node, notify: 'true' }, [el('item', { id })])]);
  }

  /** Makes a node; `configuration` uses the field names of XEP-0060 §16.4.4 without their prefix. */
  async create(node: string, configuration: Readonly<Record<string, string>> = {}): Done {
    return this.#do(NS.pubsub, [
      el('create', { node }),
      el('configure', {}, [nodeForm(configuration)]),
    ]);
  }

  async configure(node: string, configuration: Readonly<Record<string, string>>): Done {
    return this.#do(NS.pubsubOwner, [el('configure', { node }, [nodeForm(configuration)])]);
  }

  async delete(node: string): Done {
    return this.#do(NS.pubsubOwner, [el('delete', { node })]);
  }

  /** Removes all items of a node. */
  async purge(node: string): Done {
    return this.#do(NS.pubsubOwner, [el('purge', { node })]);
  }

  /** Who may do what at a node, by JID. */
  async affiliations(node: string): Promise<Result<ReadonlyMap<string, string>, IqFailure>> {
    const answer = await this.#ask('get', NS.pubsubOwner, [el('affiliations', { node })]);
    if (!answer.ok) return answer;
    const list = childrenOf(childOf(answer.value, 'affiliations'), 'affiliation');
    return ok(
      new Map(
        list.map((one) => [one.attribute('jid') ?? '', one.attribute('affiliation') ?? 'none']),
      ),
    );
  }

  async setAffiliations(node: string, given: ReadonlyMap<string, Affiliation>): Done {
    const list = [...given].map(([jid, affiliation]) => el('affiliation', { jid, affiliation }));
    return this.#do(NS.pubsubOwner, [el('affiliations', { node }, list)]);
  }

  async #do(namespace: string, children: readonly XmlElement[]): Done {
    const answer = await this.#ask('set', namespace, children);
    return answer.ok ? ok(undefined) : err(answer.error);
  }

  /** Gives the `<pubsub/>` of the answer, which is empty where a service sends none. */
  async #ask(
    type: 'get' | 'set',
    namespace: string,
    children: readonly XmlElement[],
  ): Promise<Result<ElementReader | undefined, IqFailure>> {
    const payload = el('pubsub', { xmlns: namespace }, children);
    const answer = await this.#session.request(this.service, type, payload);
    return answer.ok ? ok(childOf(answer.value, 'pubsub')) : answer;
  }
}

export function readItem(element: ElementReader): PubsubItem {
  return {
    id: element.attribute('id') ?? '',
    publisher: element.attribute('publisher'),
    payload: element.children()[0],
  };
}

function readSubscription(element: ElementReader | undefined): NodeSubscription {
  return {
    node: element?.attribute('node') ?? '',
    jid: element?.attribute('jid') ?? '',
    state: element?.attribute('subscription') ?? 'subscribed',
    id: element?.attribute('subid'),
  };
}

function nodeForm(configuration: Readonly<Record<string, string>>): XmlElement {
  const fields = Object.entries(configuration).map(([name, value]) => [`pubsub#${name}`, value]);
  return submitForm(NS.pubsubNodeConfig, Object.fromEntries(fields) as Record<string, string>);
}
