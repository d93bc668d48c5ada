import { el } from '../../core/xml/element.ts';
import { NS } from '../../node/xmpp/namespaces.ts';
import { XmppSession } from '../../node/xmpp/session.ts';
import type { Platform } from './platform.ts';

/**
 * The least that a client can be: it logs in like any, parses what comes, and counts presences. What it
 * takes is what server, TLS and parser take together.
 */
export class BareClient {
  readonly #session: XmppSession;
  readonly #entities: number;
  readonly #received: string[] = [];
  #presences = 0;
  #awaited = Infinity;
  #reached: (() => void) | undefined;

  /** What it is to keep of all that it receives: nothing, or the text. */
  constructor({ admin, announcement, entities }: Platform, keeps?: 'text') {
    this.#entities = entities;
    const { host, port, fingerprint } = announcement;
    this.#session = new XmppSession({
      jid: admin.jid,
      password: async () => admin.password,
      endpoint: { host, port },
      tls: { pinnedFingerprint: fingerprint },
      redact: (text) => text,
    });
    if (keeps === 'text') {
      this.#session.on('stanza', ({ direction, text }) => {
        if (direction === 'received') this.#received.push(text);
      });
    }
    this.#session.on('presence', () => this.#count());
  }

  /** The stanzas that came, where it keeps them. */
  get received(): readonly string[] {
    return this.#received;
  }

  /** Logs in, reads the roster, and resolves when all entities were heard; milliseconds from the order. */
  async logIn(): Promise<number> {
    const started = performance.now();
    const all = this.hear(this.#entities);
    const connected = await this.#session.connect();
    if (!connected.ok) throw new Error(`The bare client cannot log in: ${connected.error.code}`);
    await this.#session.request(undefined, 'get', el('query', { xmlns: NS.roster }));
    await this.#session.send(el('presence'));
    await all;
    return performance.now() - started;
  }

  /** Resolves when so many presences have come from now on. */
  async hear(presences: number): Promise<void> {
    this.#awaited = this.#presences + presences;
    await new Promise<void>((resolve) => (this.#reached = resolve));
  }

  async close(): Promise<void> {
    await this.#session.disconnect();
  }

  #count(): void {
    this.#presences += 1;
    if (this.#presences === this.#awaited) this.#reached?.();
  }
}
