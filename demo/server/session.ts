import type { BareJid } from '../../core/domain/jid.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { fullJid } from './jid-text.ts';
import type { Link } from './link.ts';
import { managementElement, RESUME_SECONDS, StreamManagement } from './stream-management.ts';
import { toText } from './xml-text.ts';

/** What a resource last said of itself. */
export interface AvailablePresence {
  /** The stanza with `from` and without `to`, written once for all who get it. */
  readonly text: string;
  readonly priority: number;
}

/** A bound resource, whether a client's session or an entity that the server itself presents. */
export interface Occupant {
  readonly bare: BareJid;
  readonly resource: string;
  /** The full JID. */
  readonly jid: string;
  /** Absent while the resource is unavailable. */
  readonly presence: AvailablePresence | undefined;
  /** Has asked for the roster, and so gets its pushes. */
  readonly isInterested: boolean;
  deliver(stanza: XmlElement): void;
  /** Takes a stanza that is already written. */
  deliverText(text: string): void;
  /** Ends the resource because another one took its place or its account is gone. */
  expel(condition: 'conflict' | 'not-authorized'): void;
}

/** A client's session. It outlives its link for a while when the client may resume it. */
export class Session implements Occupant {
  readonly bare: BareJid;
  readonly resource: string;
  readonly jid: string;
  presence: AvailablePresence | undefined;
  isInterested = false;
  /** Who got a directed presence, and so must hear when this resource leaves. */
  readonly directed = new Set<string>();
  #link: Link | undefined;
  #management: StreamManagement | undefined;
  #expiry: NodeJS.Timeout | undefined;
  #fatalAnswer: string | undefined;
  readonly #ended: (session: Session) => void;

  constructor(bare: BareJid, resource: string, link: Link, ended: (session: Session) => void) {
    this.bare = bare;
    this.resource = resource;
    this.jid = fullJid(bare, resource);
    this.#link = link;
    this.#ended = ended;
  }

  get management(): StreamManagement | undefined {
    return this.#management;
  }

  deliver(stanza: XmlElement): void {
    const { id, type } = stanza.attributes;
    if (this.#fatalAnswer !== undefined && id === this.#fatalAnswer && isAnswer(type)) {
      this.#fatalAnswer = undefined;
      this.cut();
    }
    this.deliverText(toText(stanza));
  }

  deliverText(text: string): void {
    const shouldAsk = this.#management?.keep(text) ?? false;
    this.#link?.send(text);
    if (shouldAsk) this.#link?.send(toText(managementElement('r')));
    if (this.#management?.isOverfull) this.#link?.fail('policy-violation');
  }

  /** Sends what is no stanza, and so is neither counted nor kept. */
  sendRaw(text: string): void {
    this.#link?.send(text);
  }

  /** Begins to count stanzas; undefined when that was begun before. */
  enableManagement(isResumable: boolean): StreamManagement | undefined {
    if (this.#management) return undefined;
    this.#management = new StreamManagement(isResumable);
    return this.#management;
  }

  /** Goes on over a new link: sends again what the client does not have. */
  resume(link: Link, management: StreamManagement): void {
    clearTimeout(this.#expiry);
    const old = this.#link;
    this.#link = link;
    old?.fail('conflict');
    link.send(
      toText(
        managementElement('resumed', { previd: management.id, h: String(management.received) }),
      ),
    );
    for (const text of management.unacknowledged) link.send(text);
    link.send(toText(managementElement('r')));
  }

  /** Must be told that a link is gone; one that was replaced meanwhile does not count. */
  linkLost(link: Link, isFinal: boolean): void {
    if (this.#link !== link) return;
    this.#link = undefined;
    if (isFinal || !this.#management?.isResumable) {
      this.#ended(this);
      return;
    }
    this.#expiry = setTimeout(() => this.#ended(this), RESUME_SECONDS * 1000);
    this.#expiry.unref();
  }

  expel(condition: 'conflict' | 'not-authorized'): void {
    clearTimeout(this.#expiry);
    const link = this.#link;
    this.#link = undefined;
    link?.fail(condition);
    this.#ended(this);
  }

  /** Cuts the connection as a fault; the session lives on if it can be resumed. */
  cut(): void {
    const link = this.#link;
    if (!link) return;
    link.cut();
    this.linkLost(link, false);
  }

  /** Cuts the connection when the answer to a request comes, as a fault. */
  cutBeforeAnswer(id: string): void {
    this.#fatalAnswer = id;
  }
}

function isAnswer(type: string | undefined): boolean {
  return type === 'result' || type === 'error';
}
