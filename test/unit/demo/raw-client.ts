import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { type Element, Parser } from '@xmpp/xml';
import type { EmbeddedServer } from '../../../demo/server/server.ts';

const HEADER =
  "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0' to='";

type Wanted = (element: Element) => boolean;

/** A client that writes stanzas as text and shows what comes back, with nothing in between. */
export class RawClient {
  readonly #domain: string;
  readonly #received: string[] = [];
  readonly #elements: Element[] = [];
  #waiting: { readonly wanted: Wanted; readonly resolve: (element: Element) => void }[] = [];
  #parser = new Parser();
  #requests = 0;
  duplex: Duplex;
  jid = '';

  constructor(duplex: Duplex, domain: string) {
    this.duplex = duplex;
    this.#domain = domain;
    this.#listen(duplex);
  }

  /** A connection inside this process. */
  static inMemory(server: EmbeddedServer): RawClient {
    return new RawClient(server.connect(), server.domain.name);
  }

  /** A session that is bound but has sent no presence. */
  static async bound(server: EmbeddedServer, node: string, resource: string): Promise<RawClient> {
    const client = RawClient.inMemory(server);
    await client.logIn(node, `${node}-password`);
    await client.bind(resource);
    return client;
  }

  /** A session that is available and interested in its roster. */
  static async online(server: EmbeddedServer, node: string, resource: string): Promise<RawClient> {
    const client = await RawClient.bound(server, node, resource);
    await client.request('get', "<query xmlns='jabber:iq:roster'/>");
    client.send('<presence/>');
    await client.next((stanza) => stanza.is('presence') && stanza.attrs['from'] === client.jid);
    return client;
  }

  /** Everything that came, as it came. */
  get text(): string {
    return this.#received.join('');
  }

  send(text: string): void {
    this.duplex.write(text);
  }

  /** Opens a stream and waits for what is offered. */
  async open(): Promise<Element> {
    this.#parser = this.#newParser();
    this.send(`${HEADER}${this.#domain}'>`);
    return this.next((element) => element.name === 'stream:features');
  }

  async logIn(node: string, password: string): Promise<void> {
    await this.open();
    const answer = await this.plain(node, password);
    if (answer.name !== 'success') throw new Error(`Login failed: ${answer.toString()}`);
    await this.open();
  }

  async plain(node: string, password: string): Promise<Element> {
    const message = Buffer.from(`\0${node}\0${password}`).toString('base64');
    this.send(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${message}</auth>`);
    return this.next(({ name }) => name === 'success' || name === 'failure');
  }

  async bind(resource: string): Promise<void> {
    const bind = "<bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'>";
    const answer = await this.request('set', `${bind}<resource>${resource}</resource></bind>`);
    this.jid = answer.getChild('bind')?.getChildText('jid') ?? '';
  }

  /** Sends an IQ and waits for its answer. */
  async request(type: 'get' | 'set', payload: string, to?: string): Promise<Element> {
    this.#requests += 1;
    const id = `q${this.#requests}`;
    const address = to === undefined ? '' : ` to='${to}'`;
    this.send(`<iq type='${type}' id='${id}'${address}>${payload}</iq>`);
    return this.next((stanza) => stanza.name === 'iq' && stanza.attrs['id'] === id);
  }

  /** The next element that fits, among those that came and were not taken yet. */
  async next(wanted: Wanted): Promise<Element> {
    const at = this.#elements.findIndex(wanted);
    if (at >= 0) return this.#elements.splice(at, 1)[0]!;
    return new Promise((resolve) => this.#waiting.push({ wanted, resolve }));
  }

  /** What came and was not taken, after everything sent so far has been dealt with. */
  async settled(): Promise<string[]> {
    await this.request('get', "<ping xmlns='urn:xmpp:ping'/>", this.#domain);
    return this.#elements.splice(0).map(String);
  }

  /** Waits until a text has come, whether it is XML or not. */
  async heard(text: string): Promise<void> {
    while (!this.text.includes(text)) await once(this.duplex, 'data');
  }

  async closed(): Promise<void> {
    if (!this.duplex.destroyed) await once(this.duplex, 'close');
  }

  /** Goes on over another connection, as after STARTTLS. */
  replace(duplex: Duplex): void {
    this.duplex.removeAllListeners('data');
    this.duplex = duplex;
    this.#listen(duplex);
  }

  #listen(duplex: Duplex): void {
    this.#parser = this.#newParser();
    duplex.on('data', (chunk: Buffer) => {
      const text = chunk.toString('utf8');
      this.#received.push(text);
      this.#parser.write(text);
    });
    duplex.on('error', () => duplex.destroy());
  }

  #newParser(): Parser {
    const parser = new Parser();
    parser.on('element', (element: Element) => this.#take(element));
    parser.on('error', () => undefined);
    return parser;
  }

  #take(element: Element): void {
    const waiter = this.#waiting.find(({ wanted }) => wanted(element));
    if (!waiter) {
      this.#elements.push(element);
      return;
    }
    this.#waiting = this.#waiting.filter((other) => other !== waiter);
    waiter.resolve(element);
  }
}
