import type { BareJid } from '../../core/domain/jid.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { fullJid, readJid } from './jid-text.ts';
import type { AvailablePresence, Occupant } from './session.ts';
import { asksForAnswer } from './stanza.ts';
import { toText } from './xml-text.ts';

/** An entity that the server itself presents, without a connection: who it is and what it answers. */
export interface EntityScript {
  readonly bare: BareJid;
  readonly resource: string;
  /** The presence it shows, without `from` and `to`. */
  presence(): XmlElement;
  /** The answer to a request, or to a chat message; undefined to say nothing. */
  answer(stanza: XmlElement): XmlElement | undefined;
}

/** A scripted entity among the bound resources: what is sent to it is answered at once. */
export class ScriptedEntity implements Occupant {
  readonly bare: BareJid;
  readonly resource: string;
  readonly jid: string;
  readonly isInterested = false;
  presence: AvailablePresence;
  readonly #script: EntityScript;
  readonly #send: (stanza: XmlElement) => void;

  /** `send` hands an answer to its receiver. */
  constructor(script: EntityScript, send: (stanza: XmlElement) => void) {
    this.bare = script.bare;
    this.resource = script.resource;
    this.jid = fullJid(script.bare, script.resource);
    this.#script = script;
    this.#send = send;
    this.presence = this.#written();
  }

  /** Takes up what the script now shows, and returns it written once for all who get it. */
  refresh(): string {
    this.presence = this.#written();
    return this.presence.text;
  }

  deliver(stanza: XmlElement): void {
    const isQuestion = asksForAnswer(stanza) || stanza.attributes['type'] === 'chat';
    const answer = isQuestion ? this.#script.answer(stanza) : undefined;
    if (answer && readJid(answer.attributes['to'] ?? '')) this.#send(answer);
  }

  /** Presence of others does not matter to a script. */
  deliverText(): void {
    return;
  }

  /** A script has no link that could be ended. */
  expel(): void {
    return;
  }

  #written(): AvailablePresence {
    const stanza = this.#script.presence();
    const attributes = { ...stanza.attributes, from: this.jid };
    return { text: toText({ ...stanza, attributes }), priority: 0 };
  }
}
