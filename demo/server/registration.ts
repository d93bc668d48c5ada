import { el, type XmlElement } from '../../core/xml/element.ts';
import type { BareJid } from '../../core/domain/jid.ts';
import type { AccountError, Accounts } from './accounts.ts';
import { childNamed, namespaceOf, textOfChild } from './element-access.ts';
import { NS } from './namespaces.ts';
import { type Answer, refused, type Request, result } from './requests.ts';
import { type ErrorCondition, errorOf, refusal, resultOf } from './stanza.ts';

const CONDITIONS: Readonly<Record<AccountError, ErrorCondition>> = {
  conflict: 'conflict',
  'item-not-found': 'item-not-found',
  'jid-malformed': 'jid-malformed',
  'not-acceptable': 'not-acceptable',
};

function form(children: readonly XmlElement[]): XmlElement {
  return el('query', { xmlns: NS.register }, children);
}

/** In-band registration (XEP-0077), by which agents make, change and remove their accounts. */
export class Registration {
  readonly #accounts: Accounts;
  readonly #removed: (account: BareJid) => void;

  /** `removed` clears what else is known of an account. */
  constructor(accounts: Accounts, removed: (account: BareJid) => void) {
    this.#accounts = accounts;
    this.#removed = removed;
  }

  /** Answers a stanza that came before login: all but registration is refused. */
  beforeLogin(stanza: XmlElement): XmlElement {
    const query = childNamed(stanza, 'query', NS.register);
    if (!query) return errorOf(stanza, refusal('not-authorized'));
    if (stanza.attributes['type'] === 'get') {
      const fields = ['username', 'password'].map((name) => el(name));
      const instructions = el('instructions', {}, ['Choose a name and a password.']);
      return resultOf(stanza, [form([instructions, ...fields])]);
    }
    const outcome = this.#accounts.register(
      textOfChild(query, 'username') ?? '',
      textOfChild(query, 'password') ?? '',
    );
    if (outcome.ok) return resultOf(stanza);
    return errorOf(stanza, refusal(CONDITIONS[outcome.error]));
  }

  /** Answers an account that is logged in: it can change its password or remove itself. */
  answer(request: Request): Answer {
    const { payload, from } = request;
    if (namespaceOf(payload) !== NS.register) return refused('bad-request');
    const node = from.node ?? '';
    if (request.type === 'get') {
      return result(form([el('registered'), el('username', {}, [node])]));
    }
    if (childNamed(payload, 'remove')) return this.#remove(request);
    const name = textOfChild(payload, 'username');
    if (name !== undefined && name.toLowerCase() !== node) return refused('not-allowed');
    const outcome = this.#accounts.changePassword(
      from.bare,
      textOfChild(payload, 'password') ?? '',
    );
    return outcome.ok ? result() : refused(CONDITIONS[outcome.error]);
  }

  #remove(request: Request): Answer {
    const outcome = this.#accounts.remove(request.from.bare);
    if (!outcome.ok) return refused(CONDITIONS[outcome.error]);
    // The answer must go out before the session that asked is ended.
    setImmediate(() => this.#removed(request.from.bare));
    return result();
  }
}
