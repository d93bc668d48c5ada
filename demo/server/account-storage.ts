import type { BareJid } from '../../core/domain/jid.ts';
import { el, type XmlElement } from '../../core/xml/element.ts';
import { childElements, namespaceOf } from './element-access.ts';
import { NS } from './namespaces.ts';
import { type Answer, isOwn, refused, type Request, result } from './requests.ts';

/** What accounts keep on the server: their vCards and their private XML. */
export class AccountStorage {
  readonly #vcards = new Map<BareJid, () => XmlElement>();
  readonly #private = new Map<BareJid, Map<string, XmlElement>>();

  /** Answers `vcard-temp` (XEP-0054): anybody may read, only the owner may write. */
  vcard(request: Request): Answer {
    if (request.type === 'get') {
      return result(this.#vcards.get(request.to.bare)?.() ?? el('vCard', { xmlns: NS.vcard }));
    }
    if (!isOwn(request)) return refused('forbidden');
    const { payload } = request;
    this.#vcards.set(request.from.bare, () => payload);
    return result();
  }

  /** Answers `jabber:iq:private` (XEP-0049). */
  private(request: Request): Answer {
    if (!isOwn(request)) return refused('forbidden');
    const [element] = childElements(request.payload);
    const namespace = element && namespaceOf(element);
    if (!element || namespace === undefined) return refused('bad-request');
    const key = `${namespace} ${element.name}`;
    const kept = this.#private.get(request.from.bare) ?? new Map<string, XmlElement>();
    if (request.type === 'get') {
      const value = kept.get(key) ?? el(element.name, { xmlns: namespace });
      return result(el('query', { xmlns: NS.privateStorage }, [value]));
    }
    this.#private.set(request.from.bare, kept.set(key, element));
    return result();
  }

  /** Keeps a vCard without asking, as for an entity that the server presents; it is made when it is read. */
  setVcard(account: BareJid, vcard: () => XmlElement): void {
    this.#vcards.set(account, vcard);
  }

  /** Forgets all that an account kept. */
  forget(account: BareJid): void {
    this.#vcards.delete(account);
    this.#private.delete(account);
  }
}
