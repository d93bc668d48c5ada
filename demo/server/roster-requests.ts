import type { BareJid } from '../../core/domain/jid.ts';
import { el } from '../../core/xml/element.ts';
import type { Contacts } from './contacts.ts';
import { childrenNamed, textOf } from './element-access.ts';
import { readJid } from './jid-text.ts';
import { NS } from './namespaces.ts';
import { type Answer, isOwn, refused, type Request, result } from './requests.ts';
import type { Rosters } from './roster.ts';
import type { Subscriptions } from './subscriptions.ts';

/** Answers `jabber:iq:roster` (RFC 6121 section 2). */
export class RosterRequests {
  readonly #rosters: Rosters;
  readonly #contacts: Contacts;
  readonly #subscriptions: Subscriptions;

  constructor(rosters: Rosters, contacts: Contacts, subscriptions: Subscriptions) {
    this.#rosters = rosters;
    this.#contacts = contacts;
    this.#subscriptions = subscriptions;
  }

  answer(request: Request): Answer {
    if (!isOwn(request)) return refused('forbidden');
    return request.type === 'get' ? this.#get(request) : this.#set(request);
  }

  #get({ session, payload }: Request): Answer {
    session.isInterested = true;
    const known = payload.attributes['ver'];
    if (known === this.#contacts.version(session.bare)) return result();
    const items = this.#contacts.items(session.bare);
    const ver = this.#contacts.lastingVersion(items);
    return known === ver ? result() : result(el('query', { xmlns: NS.roster, ver }, items));
  }

  #set({ session, payload }: Request): Answer {
    const [item, ...more] = childrenNamed(payload, 'item');
    const contact = readJid(item?.attributes['jid'] ?? '');
    if (!item || !contact || more.length > 0 || contact.bare === session.bare) {
      return refused('bad-request');
    }
    if (item.attributes['subscription'] === 'remove') {
      return this.#remove(session.bare, contact.bare);
    }
    const groups = childrenNamed(item, 'group').map(textOf);
    if (groups.includes('')) return refused('not-acceptable');
    if (new Set(groups).size < groups.length) return refused('bad-request');
    this.#rosters.of(session.bare).describe(contact.bare, item.attributes['name'], groups);
    this.#contacts.push(session.bare, contact.bare);
    return result();
  }

  #remove(owner: BareJid, contact: BareJid): Answer {
    const last = this.#rosters.of(owner).remove(contact);
    if (!last) return refused('item-not-found');
    this.#contacts.push(owner, contact);
    this.#subscriptions.sever(owner, contact, last.subscription);
    return result();
  }
}
