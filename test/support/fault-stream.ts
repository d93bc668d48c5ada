import type { Duplex } from 'node:stream';
import { type Element, Parser } from '@xmpp/xml';
import { FAULT_DOMAIN, type Faults } from './faults.ts';
import { ScramServer } from './scram-server.ts';

const STREAM_NS = "xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'";
const SASL = "xmlns='urn:ietf:params:xml:ns:xmpp-sasl'";
const SM = "xmlns='urn:xmpp:sm:3'";

/** What the connections of a server have in common. */
interface StreamOwner {
  readonly faults: Faults;
  readonly streams: readonly unknown[];
  /** Which streams can be resumed, by id, with the stanzas that were received on them. */
  readonly resumable: Map<string, number>;
  secure(raw: Duplex): Duplex;
}

/** One connection to the fault server. */
export class FaultStream {
  readonly #server: StreamOwner;
  readonly received: Element[] = [];
  #duplex: Duplex;
  #parser = new Parser();
  #isSecure: boolean;
  #isAuthenticated = false;
  #scram: ScramServer | undefined;
  #id = '';
  #count = 0;
  readonly #waiting: { fits: (stanza: Element) => boolean; found: (stanza: Element) => void }[] =
    [];

  constructor(server: StreamOwner, duplex: Duplex, isSecure: boolean) {
    this.#server = server;
    this.#duplex = duplex;
    this.#isSecure = isSecure;
    this.#listen();
  }

  get #faults(): Faults {
    return this.#server.faults;
  }

  /** The next stanza that fits, received already or still to come. */
  async stanza(fits: (stanza: Element) => boolean): Promise<Element> {
    const known = this.received.find(fits);
    if (known !== undefined) return known;
    return new Promise((found) => this.#waiting.push({ fits, found }));
  }

  /** Sends text as it is. */
  write(text: string | Buffer): void {
    const bytes = Buffer.from(text);
    const size = this.#faults.pieceBytes ?? bytes.length;
    for (let at = 0; at < bytes.length; at += size) {
      this.#duplex.write(bytes.subarray(at, at + size));
    }
  }

  /** Breaks the connection without a word. */
  cut(): void {
    this.#duplex.destroy();
  }

  get isOpen(): boolean {
    return !this.#duplex.destroyed;
  }

  #listen(): void {
    this.#duplex.on('error', () => this.#duplex.destroy());
    // Later: over memory, the client writes while it reads, and this parser cannot be entered twice.
    this.#duplex.on('data', (data: Buffer) => {
      setImmediate(() => this.#parser.write(data.toString()));
    });
    this.#duplex.on('end', () => this.#duplex.end());
    this.#newParser();
  }

  #newParser(): void {
    this.#parser = new Parser();
    this.#parser.on('start', () => this.#open());
    this.#parser.on('element', (element: Element) => this.#take(element));
    this.#parser.on('end', () => this.#duplex.end('</stream:stream>'));
    this.#parser.on('error', () => this.#duplex.destroy());
  }

  /** How often the client began the stream anew. */
  restarts = -1;

  #open(): void {
    this.restarts += 1;
    if (this.#faults.silentAt === 'header') return;
    const header = `<?xml version='1.0'?><stream:stream ${STREAM_NS} id='s' from='${FAULT_DOMAIN}' version='1.0'>`;
    if (this.#faults.silentAt === 'features') this.write(header);
    else this.write(`${header}<stream:features>${this.#features()}</stream:features>`);
  }

  #features(): string {
    if (!this.#isSecure && !this.#faults.stripsStartTls) {
      return "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
    }
    if (!this.#isAuthenticated) {
      const offered = this.#faults.mechanisms ?? ['SCRAM-SHA-256'];
      const list = offered.map((name) => `<mechanism>${name}</mechanism>`).join('');
      return `<mechanisms ${SASL}>${list}</mechanisms>`;
    }
    const management = this.#faults.streamManagement ? `<sm ${SM}/>` : '';
    return `<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/>${management}`;
  }

  #take(element: Element): void {
    const name = element.getName();
    if (['iq', 'message', 'presence'].includes(name)) this.#takeStanza(element);
    else if (name === 'starttls') this.#startTls();
    else if (name === 'auth') this.#authenticate(element);
    else if (name === 'response') this.#finish(element);
    else if (name === 'enable') this.#enable();
    else if (name === 'resume') this.#resume(element);
    else if (name === 'r') this.#acknowledge();
  }

  /** How often the client asked what was received, and was told. */
  acknowledgements = 0;

  #acknowledge(): void {
    this.write(`<a ${SM} h='${this.#count}'/>`);
    this.acknowledgements += 1;
  }

  #startTls(): void {
    this.write("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
    this.#duplex.removeAllListeners('data');
    this.#duplex = this.#server.secure(this.#duplex);
    this.#isSecure = true;
    this.#listen();
  }

  #authenticate(element: Element): void {
    const { refusesLogin, silentAt } = this.#faults;
    if (silentAt === 'challenge') return;
    const mechanism = String(element.attrs['mechanism']);
    if (refusesLogin !== undefined) {
      this.#refuse(refusesLogin);
    } else if (mechanism === 'PLAIN') {
      this.#succeed('');
    } else {
      this.#scram = new ScramServer(mechanism, this.#faults);
      this.write(`<challenge ${SASL}>${this.#scram.challenge(element.getText())}</challenge>`);
    }
  }

  #refuse(condition: string): void {
    this.write(`<failure ${SASL}><${condition}/></failure>`);
    if (!this.#faults.staysHalfOpen) this.#duplex.end('</stream:stream>');
  }

  #finish(element: Element): void {
    const signature = this.#scram?.finish(element.getText());
    if (signature === undefined) this.#refuse('not-authorized');
    else this.#succeed(signature);
  }

  #succeed(data: string): void {
    this.#isAuthenticated = true;
    this.#newParser();
    this.write(`<success ${SASL}>${data}</success>`);
  }

  #enable(): void {
    this.#id = `stream-${this.#server.streams.length}`;
    this.#count = 0;
    this.#server.resumable.set(this.#id, 0);
    this.write(`<enabled ${SM} id='${this.#id}' resume='true' max='60'/>`);
  }

  #resume(element: Element): void {
    const id = String(element.attrs['previd']);
    const count = this.#server.resumable.get(id);
    if (count === undefined || this.#faults.streamManagement === 'refuses') {
      this.write(
        `<failed ${SM}><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></failed>`,
      );
      return;
    }
    this.#id = id;
    this.#count = count;
    this.write(`<resumed ${SM} previd='${id}' h='${count}'/>`);
  }

  #takeStanza(stanza: Element): void {
    if (stanza.getChild('bind') !== undefined) {
      this.#bind(stanza);
      return;
    }
    this.#count += 1;
    if (this.#id !== '') this.#server.resumable.set(this.#id, this.#count);
    this.received.push(stanza);
    for (const one of this.#waiting.splice(0)) {
      if (one.fits(stanza)) one.found(stanza);
      else this.#waiting.push(one);
    }
    this.#faults.onStanza?.(stanza, this);
  }

  #bind(stanza: Element): void {
    if (this.#faults.silentAt === 'bind') return;
    const resource = stanza.getChild('bind')?.getChildText('resource') ?? 'made';
    const jid = `<jid>user@${FAULT_DOMAIN}/${resource}</jid>`;
    const bind = `<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>${jid}</bind>`;
    this.write(`<iq type='result' id='${String(stanza.attrs['id'])}'>${bind}</iq>`);
  }
}
