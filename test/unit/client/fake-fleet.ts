import { OutcomeRecord } from '../../../agent/entities/outcome-record.ts';
import * as v from 'valibot';
import { BareJid } from '../../../core/domain/jid.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import { isUuid } from '../../../core/domain/uuid.ts';
import { err, ok, type Result } from '../../../core/lib/result.ts';
import { findAction } from '../../../core/protocol/all-actions.ts';
import type { Action, ActionFailure } from '../../../core/protocol/define-action.ts';
import { writeError } from '../../../core/protocol/error-stanza.ts';
import { OUTCOME_NAMESPACE } from '../../../core/protocol/outcome.ts';
import { TAGS_NODE } from '../../../core/protocol/pubsub-nodes.ts';
import { writeReply } from '../../../core/protocol/reply.ts';
import { readRequest, readRequestHead } from '../../../core/protocol/request.ts';
import { writeTagItem } from '../../../core/protocol/tags.ts';
import { writeVcard, type Vcard } from '../../../core/protocol/vcard.ts';
import { el, type XmlElement } from '../../../core/xml/element.ts';
import { readerOf } from '../../../core/xml/reader.ts';
import {
  errorIq,
  resultIq,
  unavailable,
  type FakeAnswer,
  type FakeRequest,
} from '../../support/fake-session.ts';

const ACCOUNT = v.parse(BareJid, 'admin@example.org');

export type Reply = Result<unknown, ActionFailure>;
export type FakeAct = (jid: BareJid, input: never) => Reply;

const NOT_IMPLEMENTED = el('error', { type: 'cancel', code: '501' }, [
  el('feature-not-implemented', { xmlns: 'urn:ietf:params:xml:ns:xmpp-stanzas' }),
]);

/** A server and its entities, as far as the application asks them: the test says what actions do. */
export class FakeFleet {
  contacts: readonly { readonly jid: BareJid; readonly name: string }[];
  readonly vcards = new Map<BareJid, Vcard>();
  readonly tags = new Map<BareJid, readonly string[]>();
  /** What each action does, by `namespace name`. */
  readonly acts = new Map<string, FakeAct>();
  /** How often each action was carried out. */
  readonly carriedOut = new Map<string, number>();
  /** What entities keep of orders, where they are agents that do. */
  readonly #outcomes = new Map<BareJid, OutcomeRecord>();
  /** Features by which entities announce themselves as agents of ours. */
  features: readonly string[] | undefined;

  constructor(contacts: FakeFleet['contacts']) {
    this.contacts = contacts;
  }

  /** From now on the entities keep a record of orders. */
  keepOutcomes(clock: () => number): void {
    for (const { jid } of this.contacts) this.#outcomes.set(jid, new OutcomeRecord(clock));
  }

  readonly answer = (request: FakeRequest): FakeAnswer => {
    const { name } = request.payload;
    const namespace = request.payload.attributes['xmlns'] ?? '';
    if (namespace === 'jabber:iq:roster') return this.#roster(request);
    if (namespace === 'jabber:iq:private') return resultIq(request.payload);
    if (namespace.startsWith('http://jabber.org/protocol/pubsub')) return this.#pubsub(request);
    if (namespace === 'http://jabber.org/protocol/disco#info') return this.#info(request);
    if (name === 'vCard') return this.#vcard(request);
    return this.#act(request);
  };

  #roster({ type }: FakeRequest): FakeAnswer {
    if (type === 'set') return resultIq();
    const items = this.contacts.map(({ jid, name }) => {
      return el('item', { jid, name, subscription: 'both' });
    });
    return resultIq(el('query', { xmlns: 'jabber:iq:roster' }, items));
  }

  #pubsub({ payload }: FakeRequest): FakeAnswer {
    const xmlns = 'http://jabber.org/protocol/pubsub';
    const [asked] = payload.children as readonly XmlElement[];
    if (asked?.name !== 'items') return resultIq(el('pubsub', { xmlns }, asked ? [asked] : []));
    const node = asked.attributes['node'];
    const items = [...this.tags].map(([jid, tags]) => {
      return el('item', { id: jid }, [writeTagItem({ jid, tags })]);
    });
    const shown = node === TAGS_NODE ? items : [];
    return resultIq(el('pubsub', { xmlns }, [el('items', { node }, shown)]));
  }

  #info({ to, payload }: FakeRequest): FakeAnswer {
    if (!this.features) return errorIq(NOT_IMPLEMENTED, 'feature-not-implemented');
    const features = this.features.map((feature) => el('feature', { var: feature }));
    const isMachine = isUuid(parseJid(to ?? '')?.node ?? '');
    const type = isMachine ? 'virtualmachine' : 'hypervisor';
    const identity = el('identity', { category: 'archipel', type });
    return resultIq({ ...payload, children: [identity, ...features] });
  }

  #vcard({ to }: FakeRequest): FakeAnswer {
    const vcard = this.vcards.get(parseJid(to ?? '')!.bare);
    return vcard ? resultIq(writeVcard(vcard)) : unavailable();
  }

  #act({ to, payload, options }: FakeRequest): FakeAnswer {
    const query = readerOf(payload, 'jabber:client');
    const head = readRequestHead(query);
    const jid = parseJid(to ?? '');
    if (!head.ok || jid?.resource === undefined) return unavailable();
    const { namespace, action: name } = head.value;
    const action = findAction(namespace, name);
    const act = this.#actOf(namespace, name);
    if (!action || !act) return errorIq(NOT_IMPLEMENTED, 'feature-not-implemented');
    const input = readRequest(action, query);
    if (!input.ok) throw new Error(JSON.stringify(input.error));
    this.#count(action);
    const reply = act(jid.bare, input.value as never);
    this.#record(jid.bare, action, options?.id, reply);
    if (!reply.ok) return errorIq(writeError(reply.error, action));
    return resultIq(writeReply(action, reply.value));
  }

  #record(jid: BareJid, { kind, namespace, name: action }: Action, id = '', reply: Reply): void {
    const order = { id, from: `${ACCOUNT}/test`, namespace, action };
    const end = kind === 'set' ? this.#outcomes.get(jid)?.begin(order) : undefined;
    end?.(reply.ok ? undefined : reply.error, action === 'alloc' ? madeBy(reply) : undefined);
  }

  #actOf(namespace: string, name: string): FakeAct | undefined {
    if (namespace !== OUTCOME_NAMESPACE) return this.acts.get(`${namespace} ${name}`);
    return (jid, { id }: { readonly id: string }) => {
      const record = this.#outcomes.get(jid);
      return record ? ok(record.find(ACCOUNT, id, ACCOUNT)) : err({ code: 'not-implemented' });
    };
  }

  #count({ namespace, name }: Action): void {
    const key = `${namespace} ${name}`;
    this.carriedOut.set(key, (this.carriedOut.get(key) ?? 0) + 1);
  }
}

/** The machine that the reply names. */
function madeBy(reply: Reply): BareJid | undefined {
  const named = v.safeParse(v.object({ jid: BareJid }), reply.ok && reply.value);
  return named.success ? named.output.jid : undefined;
}

/** A presence of an entity of the fleet. */
export function presenceOf(from: string, status: string, show?: string): XmlElement {
  const shown = show === undefined ? [] : [el('show', {}, [show])];
  return el('presence', { from }, [...shown, el('status', {}, [status])]);
}

export const DONE: Reply = ok(undefined);
