import { EventEmitter, once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { type Duplex, duplexPair } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { Endpoint, Transport } from '../../node/xmpp/session-options.ts';
import type { KeyPair } from './certificates.ts';
import { FaultStream } from './fault-stream.ts';
import type { Faults } from './faults.ts';

/** A scripted XMPP server, over memory or TCP, that can be told to misbehave. */
export class FaultServer {
  faults: Faults;
  /** The name that each TLS client asked for. */
  readonly serverNames: (string | false)[] = [];
  /** Which streams can be resumed, by id, with the stanzas that were received on them. */
  readonly resumable = new Map<string, number>();
  readonly streams: FaultStream[] = [];
  readonly #events = new EventEmitter();
  readonly #tls: KeyPair | undefined;
  #tcp: Server | undefined;

  constructor(faults: Faults = {}, tls?: KeyPair) {
    this.faults = faults;
    this.#tls = tls;
  }

  /** A transport that ends here; secure in itself unless said otherwise. */
  transport(isSecure = true): Transport {
    return {
      isSecure,
      open: async () => {
        const [near, far] = duplexPair();
        // Unlike a socket, the ends of a pair do not notice when the other is gone.
        near.on('close', () => far.destroy());
        far.on('close', () => near.destroy());
        this.#serve(far, isSecure);
        return Promise.resolve(near);
      },
    };
  }

  /** Listens on TCP, with TLS from the first byte where asked. */
  async listen(options: { readonly directTls?: boolean } = {}): Promise<Endpoint> {
    const tcp = createServer((socket) => {
      if (options.directTls) this.#serve(this.secure(socket), true);
      else this.#serve(socket, false);
    });
    this.#tcp = tcp;
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    const { port } = tcp.address() as AddressInfo;
    return { host: '127.0.0.1', port, directTls: options.directTls ?? false };
  }

  async close(): Promise<void> {
    for (const stream of this.streams) stream.cut();
    if (this.#tcp === undefined) return;
    this.#tcp.close();
    await once(this.#tcp, 'close');
  }

  /** The latest stream. */
  get stream(): FaultStream {
    const latest = this.streams.at(-1);
    if (latest === undefined) throw new Error('nobody connected yet');
    return latest;
  }

  /** Waits until so many connections have been made in all. */
  async connections(count: number): Promise<void> {
    while (this.streams.length < count) await once(this.#events, 'connection');
  }

  /** Puts the server's side of TLS on a connection. */
  secure(raw: Duplex): TLSSocket {
    if (this.#tls === undefined) throw new Error('this server has no certificate');
    const context = { key: this.#tls.key, cert: this.#tls.certificate };
    return new TLSSocket(raw, {
      isServer: true,
      ...context,
      ALPNProtocols: ['xmpp-client'],
      SNICallback: (name, done) => {
        this.serverNames.push(name);
        done(null, createSecureContext(context));
      },
    });
  }

  #serve(duplex: Duplex, isSecure: boolean): void {
    this.streams.push(new FaultStream(this, duplex, isSecure));
    this.#events.emit('connection');
  }
}
