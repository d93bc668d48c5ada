import { el, type XmlElement } from '../../../core/xml/element.ts';
import { readSubmitted, writeForm } from '../data-form.ts';
import { childElements, childNamed, childrenNamed, localName } from '../element-access.ts';
import { readJid } from '../jid-text.ts';
import { NS } from '../namespaces.ts';
import { type Answer, refused, type Request, result } from '../requests.ts';
import { configurationFields, configure, DEFAULT_CONFIGURATION } from './node-configuration.ts';
import { pubsubRefused, unsupported } from './pubsub-errors.ts';
import { type Affiliation, AFFILIATIONS, type PubsubNode } from './pubsub-node.ts';
import type { PubsubNotices } from './pubsub-notices.ts';

type Operation = (node: PubsubNode, element: XmlElement) => Answer;

function ofOwner(element: XmlElement): Answer {
  return result(el('pubsub', { xmlns: NS.pubsubOwner }, [element]));
}

function configurationForm(configuration: typeof DEFAULT_CONFIGURATION): XmlElement {
  return writeForm({
    type: 'form',
    formType: NS.pubsubNodeConfig,
    fields: configurationFields(configuration),
  });
}

function isAffiliation(text: string | undefined): text is Affiliation {
  return AFFILIATIONS.some((known) => known === text);
}

/** Answers what the owner of a node asks (XEP-0060 section 8). */
export class PubsubOwnerRequests {
  readonly #nodes: Map<string, PubsubNode>;
  readonly #notices: PubsubNotices;
  readonly #operations: Readonly<Record<string, Operation>> = {
    'get configure': showConfiguration,
    'set configure': setConfiguration,
    'get affiliations': showAffiliations,
    'set affiliations': setAffiliations,
    'get subscriptions': showSubscriptions,
    'set subscriptions': setSubscriptions,
    'set purge': (node) => this.#purge(node),
    'set delete': (node) => this.#delete(node),
  };

  constructor(nodes: Map<string, PubsubNode>, notices: PubsubNotices) {
    this.#nodes = nodes;
    this.#notices = notices;
  }

  answer(request: Request): Answer {
    const element = childElements(request.payload)[0];
    if (!element) return refused('bad-request');
    const action = `${request.type} ${localName(element)}`;
    if (action === 'get default') {
      return ofOwner(el('default', {}, [configurationForm(DEFAULT_CONFIGURATION)]));
    }
    const operation = this.#operations[action];
    if (!operation) return unsupported(localName(element));
    const name = element.attributes['node'];
    if (name === undefined) return pubsubRefused('bad-request', 'nodeid-required');
    const node = this.#nodes.get(name);
    if (!node) return refused('item-not-found');
    return node.isOwner(request.from.bare) ? operation(node, element) : refused('forbidden');
  }

  #purge(node: PubsubNode): Answer {
    node.purge();
    this.#notices.purged(node);
    return result();
  }

  #delete(node: PubsubNode): Answer {
    this.#nodes.delete(node.name);
    this.#notices.deleted(node);
    return result();
  }
}

function showConfiguration(node: PubsubNode): Answer {
  return ofOwner(el('configure', { node: node.name }, [configurationForm(node.configuration)]));
}

function setConfiguration(node: PubsubNode, element: XmlElement): Answer {
  if (childNamed(element, 'x', NS.dataForm)?.attributes['type'] === 'cancel') return result();
  const submitted = readSubmitted(element);
  if (!submitted) return refused('bad-request');
  const configuration = configure(node.configuration, submitted);
  if (!configuration.ok) return refused('not-acceptable');
  node.configuration = configuration.value;
  node.trim();
  return result();
}

function showAffiliations(node: PubsubNode): Answer {
  const found = [...node.affiliations].map(([jid, affiliation]) => {
    return el('affiliation', { jid, affiliation });
  });
  return ofOwner(el('affiliations', { node: node.name }, found));
}

function setAffiliations(node: PubsubNode, element: XmlElement): Answer {
  const next = new Map(node.affiliations);
  for (const child of childrenNamed(element, 'affiliation')) {
    const jid = readJid(child.attributes['jid'] ?? '');
    const affiliation = child.attributes['affiliation'];
    if (!jid || !isAffiliation(affiliation)) return refused('bad-request');
    if (affiliation === 'none') next.delete(jid.bare);
    else next.set(jid.bare, affiliation);
  }
  if (![...next.values()].includes('owner')) return refused('not-acceptable');
  node.affiliations.clear();
  for (const [jid, affiliation] of next) node.affiliations.set(jid, affiliation);
  for (const [jid, { account }] of node.subscriptions) {
    if (!node.isOpenTo(account)) node.subscriptions.delete(jid);
  }
  return result();
}

function showSubscriptions(node: PubsubNode): Answer {
  const found = [...node.subscriptions.values()].map(({ jid, id }) => {
    return el('subscription', { jid, subid: id, subscription: 'subscribed' });
  });
  return ofOwner(el('subscriptions', { node: node.name }, found));
}

function setSubscriptions(node: PubsubNode, element: XmlElement): Answer {
  const changes = childrenNamed(element, 'subscription');
  if (changes.some((change) => change.attributes['subscription'] !== 'none')) {
    return unsupported('manage-subscriptions');
  }
  for (const change of changes) node.subscriptions.delete(change.attributes['jid'] ?? '');
  return result();
}
