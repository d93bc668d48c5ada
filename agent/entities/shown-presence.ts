import { writePresence, type Presence } from '../../core/protocol/presence.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import type { Session } from '../../node/xmpp/session-types.ts';

/** What a presence says once, besides what is so from now on. */
type News = Pick<Presence, 'vcardChanged'>;

/** What an entity shows of itself; what cannot be sent while its link is down is said when it goes on. */
export class ShownPresence {
  readonly #session: Pick<Session, 'send'>;
  readonly #capabilities: XmlElement;
  #presence: Presence = {};
  /** Others have seen it since it came online. */
  #isKnown = false;
  /** What is being handed over. */
  readonly #underWay = new Set<News>();
  /** What went nowhere, however often, as one. */
  #missed: News | undefined;

  constructor(session: Pick<Session, 'send'>, capabilities: XmlElement) {
    this.#session = session;
    this.#capabilities = capabilities;
  }

  get current(): Presence {
    return this.#presence;
  }

  /** Shows a presence from now on; the same one twice is sent once. */
  show(presence: Presence): void {
    const isSame = JSON.stringify(presence) === JSON.stringify(this.#presence);
    this.#presence = presence;
    if (!isSame && this.#isKnown) this.send();
  }

  /** Nobody sees it until `reveal()`. */
  hide(): void {
    this.#isKnown = false;
    this.#forget();
  }

  reveal(): void {
    this.#isKnown = true;
    this.send();
  }

  /** Says it again, with something that is new. */
  send(news: News = {}): void {
    const written = writePresence({ ...this.#presence, ...news });
    const stanza = { ...written, children: [...written.children, this.#capabilities] };
    // Noted before: the session may go on before it is told that this went nowhere.
    const said = { ...news };
    this.#underWay.add(said);
    void this.#session.send(stanza).then((sent) => {
      const isAwaited = this.#underWay.delete(said);
      if (!sent.ok && isAwaited) this.#missed = { ...this.#missed, ...said };
    });
  }

  /** The session goes on after its link was lost: what was said meanwhile went nowhere. */
  catchUp(): void {
    for (const said of this.#underWay) this.#missed = { ...this.#missed, ...said };
    const missed = this.#missed;
    this.#forget();
    if (missed && this.#isKnown) this.send(missed);
  }

  #forget(): void {
    this.#underWay.clear();
    this.#missed = undefined;
  }
}
