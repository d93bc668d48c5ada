import { randomBytes, randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import type { BareJid } from '../../core/domain/jid.ts';
import { el, type XmlElement } from '../../core/xml/element.ts';
import type { Accounts } from './accounts.ts';
import { childNamed, namespaceOf, textOf, textOfChild } from './element-access.ts';
import type { Route } from './faulty-route.ts';
import { Link } from './link.ts';
import { NS } from './namespaces.ts';
import type { Occupants } from './occupants.ts';
import { SaslExchange, type SaslFailure, type SaslStep } from './sasl.ts';
import { Session } from './session.ts';
import { errorOf, refusal, resultOf } from './stanza.ts';
import { managementElement, RESUME_SECONDS } from './stream-management.ts';
import type { StreamLimits } from './stream-parser.ts';
import { escapeAttribute, toText } from './xml-text.ts';

const MAX_LOGIN_FAILURES = 5;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** What a connection needs of the server behind it. */
export interface ConnectionServices {
  readonly domain: string;
  readonly secureContext: SecureContext;
  readonly limits: StreamLimits;
  /** The SASL mechanisms offered, the best first. */
  readonly mechanisms: readonly string[];
  readonly accounts: Accounts;
  readonly occupants: Occupants;
  /** Takes a stanza of a bound session. */
  readonly route: Route;
  /** Answers an in-band registration before login (XEP-0077). */
  readonly register: (request: XmlElement) => XmlElement;
  /** Is told that a session is over. */
  readonly sessionEnded: (session: Session) => void;
}

/** Serves one client connection: negotiation, then stanzas. Takes a plain, secured or in-memory stream. */
export class Connection {
  readonly #services: ConnectionServices;
  readonly #link: Link;
  #exchange: SaslExchange;
  #failures = 0;
  #account: BareJid | undefined;
  #session: Session | undefined;

  constructor(duplex: Duplex, isSecure: boolean, services: ConnectionServices) {
    this.#services = services;
    this.#exchange = new SaslExchange(services.accounts);
    this.#link = new Link(duplex, isSecure, services.limits, {
      opened: (header) => this.#opened(header),
      element: (element) => this.#element(element),
      ended: () => this.#ended(),
      lost: () => this.#session?.linkLost(this.#link, false),
    });
  }

  /** Drops the connection, as when the server stops. */
  close(): void {
    this.#link.end();
  }

  #opened(header: XmlElement): void {
    const { domain } = this.#services;
    // Of a store of chance, where eight bytes at a time each cost a call into the system.
    const id = randomUUID();
    const names = `xmlns="${NS.client}" xmlns:stream="${NS.stream}"`;
    const from = escapeAttribute(domain);
    this.#link.send(
      `<?xml version="1.0"?><stream:stream ${names} id="${id}" from="${from}" version="1.0" xml:lang="en">`,
    );
    const to = header.attributes['to'];
    if (to !== undefined && to.toLowerCase() !== domain) this.#link.fail('host-unknown');
    else this.#link.send(toText(el('stream:features', {}, this.#features())));
  }

  #features(): XmlElement[] {
    if (!this.#link.isSecure) return [el('starttls', { xmlns: NS.tls }, [el('required')])];
    if (!this.#account) {
      const mechanisms = this.#services.mechanisms.map((name) => el('mechanism', {}, [name]));
      return [
        el('mechanisms', { xmlns: NS.sasl }, mechanisms),
        el('register', { xmlns: NS.registerFeature }),
      ];
    }
    return [
      el('bind', { xmlns: NS.bind }),
      el('session', { xmlns: NS.session }, [el('optional')]),
      managementElement('sm'),
      el('ver', { xmlns: NS.rosterVersioning }),
    ];
  }

  #element(element: XmlElement): void {
    if (this.#session) this.#boundElement(this.#session, element);
    else if (!this.#link.isSecure) this.#plaintextElement(element);
    else if (!this.#account) this.#loginElement(element);
    else this.#bindElement(this.#account, element);
  }

  #plaintextElement(element: XmlElement): void {
    if (element.name !== 'starttls' || namespaceOf(element) !== NS.tls) {
      this.#link.fail('policy-violation');
      return;
    }
    this.#link.send(toText(el('proceed', { xmlns: NS.tls })));
    this.#link.startTls(this.#services.secureContext);
  }

  #loginElement(element: XmlElement): void {
    if (element.name === 'iq') {
      this.#link.send(toText(this.#services.register(element)));
      return;
    }
    if (namespaceOf(element) !== NS.sasl) this.#link.fail('not-authorized');
    else void this.#login(element);
  }

  async #login(element: XmlElement): Promise<void> {
    if (element.name === 'abort') {
      this.#exchange = new SaslExchange(this.#services.accounts);
      this.#loginFailed('aborted');
      return;
    }
    const encoded = textOf(element).trim();
    if (encoded !== '=' && !BASE64.test(encoded)) {
      this.#loginFailed('incorrect-encoding');
      return;
    }
    const message = Buffer.from(encoded, 'base64').toString('utf8');
    this.#loginStep(
      element.name === 'auth'
        ? await this.#exchange.start(element.attributes['mechanism'] ?? '', message)
        : this.#exchange.respond(message),
    );
  }

  #loginStep(step: SaslStep): void {
    if (step.kind === 'failure') {
      this.#loginFailed(step.condition);
      return;
    }
    const data = step.data === undefined ? [] : [Buffer.from(step.data).toString('base64')];
    this.#link.send(toText(el(step.kind, { xmlns: NS.sasl }, data)));
    if (step.kind === 'success') {
      this.#account = step.account;
      this.#link.restart();
    }
  }

  #loginFailed(condition: SaslFailure): void {
    this.#link.send(toText(el('failure', { xmlns: NS.sasl }, [el(condition)])));
    this.#failures += 1;
    if (this.#failures >= MAX_LOGIN_FAILURES) this.#link.fail('policy-violation');
  }

  #bindElement(account: BareJid, element: XmlElement): void {
    if (element.name === 'resume') {
      this.#resume(account, element);
      return;
    }
    const bind = childNamed(element, 'bind', NS.bind);
    if (element.name !== 'iq' || element.attributes['type'] !== 'set' || !bind) {
      if (element.name === 'iq') this.#link.send(toText(errorOf(element, refusal('not-allowed'))));
      else this.#link.fail('not-authorized');
      return;
    }
    const resource = textOfChild(bind, 'resource')?.trim() ?? '';
    const chosen = resource === '' ? randomBytes(8).toString('hex') : resource;
    if (chosen.length > 1023) {
      this.#link.send(toText(errorOf(element, refusal('bad-request'))));
      return;
    }
    this.#bind(account, chosen, element);
  }

  #bind(account: BareJid, resource: string, request: XmlElement): void {
    const session = new Session(account, resource, this.#link, this.#services.sessionEnded);
    this.#services.occupants.add(session);
    this.#session = session;
    const jid = el('jid', {}, [session.jid]);
    this.#link.send(toText(resultOf(request, [el('bind', { xmlns: NS.bind }, [jid])])));
  }

  #resume(account: BareJid, element: XmlElement): void {
    const id = element.attributes['previd'] ?? '';
    const session = this.#services.occupants.resumable(id, account);
    const management = session?.management;
    if (!session || !management?.acknowledge(element.attributes['h'])) {
      const reason = el('item-not-found', { xmlns: NS.stanzaErrors });
      this.#link.send(toText({ ...managementElement('failed'), children: [reason] }));
      return;
    }
    this.#session = session;
    session.resume(this.#link, management);
  }

  #boundElement(session: Session, element: XmlElement): void {
    if (namespaceOf(element) === NS.streamManagement) {
      this.#manage(session, element);
      return;
    }
    if (!['iq', 'message', 'presence'].includes(element.name)) {
      this.#link.fail('policy-violation');
      return;
    }
    if (this.#services.route(session, element)) session.management?.countReceived();
  }

  #manage(session: Session, element: XmlElement): void {
    const { management } = session;
    if (element.name === 'enable') {
      this.#enable(session, element);
    } else if (element.name === 'r' && management) {
      const answer = managementElement('a', { h: String(management.received) });
      session.sendRaw(toText(answer));
    } else if (element.name === 'a' && management) {
      if (!management.acknowledge(element.attributes['h'])) this.#link.fail('policy-violation');
    } else {
      this.#link.fail('policy-violation');
    }
  }

  #enable(session: Session, element: XmlElement): void {
    const isResumable = ['true', '1'].includes(element.attributes['resume'] ?? '');
    const management = session.enableManagement(isResumable);
    if (!management) {
      const reason = el('unexpected-request', { xmlns: NS.stanzaErrors });
      session.sendRaw(toText({ ...managementElement('failed'), children: [reason] }));
      return;
    }
    if (isResumable) this.#services.occupants.rememberResumable(management.id, session);
    const offer = { id: management.id, resume: 'true', max: String(RESUME_SECONDS) };
    session.sendRaw(toText(managementElement('enabled', isResumable ? offer : {})));
  }

  #ended(): void {
    this.#session?.linkLost(this.#link, true);
    this.#link.end();
  }
}
