import type { EntityKind } from '../../../../core/domain/entity.ts';
import { kindOf } from '../../../../core/domain/entity-kind.ts';
import { parseJid } from '../../../../core/domain/jid.ts';
import { findAction } from '../../../../core/protocol/all-actions.ts';
import type { Action } from '../../../../core/protocol/define-action.ts';
import { stateShown } from '../../../../core/protocol/entity-state.ts';
import { readError } from '../../../../core/protocol/error-stanza.ts';
import { readPresence } from '../../../../core/protocol/presence.ts';
import { readPushes } from '../../../../core/protocol/push.ts';
import { readReply, writeReply } from '../../../../core/protocol/reply.ts';
import { readRequest, readRequestHead, writeRequest } from '../../../../core/protocol/request.ts';
import { firstChild } from '../../../../core/protocol/stanza-content.ts';
import { readVcard } from '../../../../core/protocol/vcard.ts';
import type { ElementReader } from '../../../../core/xml/element.ts';
import { el } from '../../../../core/xml/element.ts';
import { readerOf } from '../../../../core/xml/reader.ts';

const STANZAS = ['iq', 'message', 'presence'];

/** Reads whole exchanges of stanzas, and keeps count of what was read and what could not be. */
export class ExchangeReader {
  readonly problems: string[] = [];
  readonly counts: Record<string, number> = {};
  #file = '';

  /** Reads an element with parts `request`, `reply` (or `refusal`) and `after` that hold stanzas. */
  read(file: string, exchange: ElementReader): void {
    this.#file = file;
    const [request] = this.#stanzas(exchange, ['request']);
    const replies = this.#stanzas(exchange, ['reply', 'refusal']);
    const isRefused = replies[0]?.attribute('type') === 'error';
    if (request?.name === 'iq') this.#request(request, isRefused);
    for (const reply of replies) this.#reply(reply, request);
    for (const stanza of this.#stanzas(exchange, ['after'])) this.#stanza(stanza);
  }

  note(file: string, problem: unknown): void {
    this.problems.push(`${file}: ${JSON.stringify(problem)}`);
  }

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  #stanzas(exchange: ElementReader, names: readonly string[]): readonly ElementReader[] {
    const parts = exchange.children().filter((one) => names.includes(one.name));
    return parts.flatMap((part) => part.children().filter((one) => STANZAS.includes(one.name)));
  }

  #actionOf(iq: ElementReader): Action | undefined {
    const query = firstChild(iq, 'query');
    const head = query && readRequestHead(query);
    return head?.ok === true ? findAction(head.value.namespace, head.value.action) : undefined;
  }

  #request(iq: ElementReader, isRefused: boolean): void {
    const query = firstChild(iq, 'query');
    const action = this.#actionOf(iq);
    if (query === undefined || action === undefined) {
      this.count('requests of other namespaces');
      return;
    }
    const input = readRequest(action, query);
    if (input.ok) {
      const again = readRequest(action, readerOf(writeRequest(action, input.value)));
      if (JSON.stringify(again) !== JSON.stringify(input)) this.note(this.#file, again);
      this.count('requests read');
    } else if (isRefused) {
      this.count('requests refused there and here');
    } else {
      this.note(this.#file, input.error);
    }
  }

  #reply(iq: ElementReader, request: ElementReader | undefined): void {
    this.#error(iq);
    this.#vcard(iq);
    const action = request && this.#actionOf(request);
    if (action === undefined) {
      this.count('replies of other namespaces');
      return;
    }
    const reply = readReply(action, iq);
    if (!reply.ok) {
      if (reply.error.code === 'unreadable') this.note(this.#file, reply.error);
      return;
    }
    const written = el('iq', { type: 'result' }, [writeReply(action, reply.value)]);
    const again = readReply(action, readerOf(written));
    if (JSON.stringify(again) !== JSON.stringify(reply)) this.note(this.#file, again);
    this.count('replies read');
  }

  #error(iq: ElementReader): void {
    if (iq.attribute('type') !== 'error') return;
    const error = readError(iq);
    if (error.code === 'unknown-error') this.note(this.#file, error);
    this.count('errors named');
  }

  #vcard(iq: ElementReader): void {
    const vcard = firstChild(iq, 'vCard');
    if (vcard === undefined || vcard.children().length === 0) return;
    if (readVcard(vcard).role === undefined) this.note(this.#file, 'a vCard without role');
    this.count('vCards read');
  }

  #stanza(stanza: ElementReader): void {
    if (stanza.name === 'presence') this.#presence(stanza);
    if (stanza.name === 'message') this.#message(stanza);
    if (stanza.name === 'iq') this.#request(stanza, false);
  }

  #presence(stanza: ElementReader): void {
    const presence = readPresence(stanza);
    const jid = parseJid(stanza.attribute('from') ?? '');
    if (jid === undefined) {
      this.note(this.#file, 'a presence from nobody');
      return;
    }
    const { status = '' } = presence;
    const kind: EntityKind = kindOf({ jid, status });
    const shown = stateShown(kind, presence);
    const isSubscription = presence.type !== undefined && presence.type !== 'unavailable';
    if (shown === undefined && !isSubscription) this.note(this.#file, presence);
    this.count(shown === undefined ? 'subscriptions' : `${kind} ${shown.state}`);
  }

  #message(stanza: ElementReader): void {
    for (const push of readPushes(stanza)) {
      if (!push.ok) this.note(this.#file, push.error);
      else if (push.value.topic === undefined) this.note(this.#file, push.value);
      else this.count('pushes read');
    }
  }
}
