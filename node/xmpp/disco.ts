import { ok, type Result } from '../../core/lib/result.ts';
import { el, type ElementReader, type XmlElement } from '../../core/xml/element.ts';
import { type DataForm, readForm } from './data-form.ts';
import { childrenOf } from './elements.ts';
import { NS } from './namespaces.ts';
import { type PageFacts, type PageRequest, readPageFacts, writePageRequest } from './result-set.ts';
import type { IqFailure } from './session-failure.ts';
import type { IqAnswer, RequestOptions, Session, Unsubscribe } from './session-types.ts';
import { refuse } from './stanza-error.ts';

/** What an entity says it is (XEP-0030). */
export interface Identity {
  readonly category: string;
  readonly type: string;
  readonly name?: string;
}

export interface DiscoInfo {
  readonly identities: readonly Identity[];
  readonly features: ReadonlySet<string>;
  readonly form: DataForm | undefined;
}

export interface DiscoItem {
  readonly jid: string;
  readonly node: string | undefined;
  readonly name: string | undefined;
}

export interface DiscoPage extends PageFacts {
  readonly items: readonly DiscoItem[];
}

/** Asks an entity what it is and what it can. */
export async function fetchInfo(
  session: Session,
  jid: string,
  node?: string,
  options?: RequestOptions,
): Promise<Result<DiscoInfo, IqFailure>> {
  const query = el('query', { xmlns: NS.discoInfo, node });
  const answer = await session.request(jid, 'get', query, options);
  if (!answer.ok) return answer;
  const [given] = answer.value.children();
  return ok({
    identities: childrenOf(given, 'identity').map(readIdentity),
    features: new Set(childrenOf(given, 'feature').map((one) => one.attribute('var') ?? '')),
    form: readForm(given),
  });
}

/** Asks an entity what it consists of. */
export async function fetchItems(
  session: Session,
  jid: string,
  options: RequestOptions & { readonly node?: string; readonly page?: PageRequest } = {},
): Promise<Result<DiscoPage, IqFailure>> {
  const attributes = { xmlns: NS.discoItems, node: options.node };
  const query = el('query', attributes, writePageRequest(options.page));
  const answer = await session.request(jid, 'get', query, options);
  if (!answer.ok) return answer;
  const [given] = answer.value.children();
  const items = childrenOf(given, 'item').map((one) => ({
    jid: one.attribute('jid') ?? '',
    node: one.attribute('node'),
    name: one.attribute('name'),
  }));
  return ok({ items, ...readPageFacts(given) });
}

/** What this side says of itself. */
export interface OwnInfo {
  readonly identities: readonly Identity[];
  readonly features: readonly string[];
  /** An extension in a form (XEP-0128). */
  readonly form?: XmlElement;
  readonly items?: readonly DiscoItem[];
}

/** Answers disco for this session. `describe` is asked each time, with the node that was asked for. */
export function answerDisco(
  session: Session,
  describe: (node: string | undefined) => OwnInfo | undefined,
): Unsubscribe {
  const answer = (
    payload: ElementReader,
    write: (info: OwnInfo) => readonly XmlElement[],
  ): IqAnswer => {
    const node = payload.attribute('node');
    const info = describe(node);
    if (info === undefined) return refuse('cancel', 'item-not-found');
    return ok(el('query', { xmlns: payload.namespace, node }, write(info)));
  };
  const stops = [
    session.onIq(NS.discoInfo, ({ payload }) => answer(payload, writeInfo)),
    session.onIq(NS.discoItems, ({ payload }) => answer(payload, writeItems)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

const STANDARD_FEATURES = [NS.discoInfo, NS.discoItems, NS.ping];

/** What stands in a disco#info answer. */
export function writeInfo(info: OwnInfo): readonly XmlElement[] {
  const features = new Set([...STANDARD_FEATURES, ...info.features]);
  return [
    ...info.identities.map(({ category, type, name }) => el('identity', { category, type, name })),
    ...[...features].map((feature) => el('feature', { var: feature })),
    ...(info.form === undefined ? [] : [info.form]),
  ];
}

function writeItems(info: OwnInfo): readonly XmlElement[] {
  return (info.items ?? []).map(({ jid, node, name }) => el('item', { jid, node, name }));
}

function readIdentity(element: ElementReader): Identity {
  const name = element.attribute('name');
  return {
    category: element.attribute('category') ?? '',
    type: element.attribute('type') ?? '',
    ...(name !== undefined && { name }),
  };
}
