import { createServer, type Server } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { createSecureContext, createServer as createTlsServer, type SecureContext } from 'node:tls';
import type { BareJid } from '../../core/domain/jid.ts';
import { Accounts } from './accounts.ts';
import { makeCertificate, type ServerCertificate } from '../../node/tls/server-certificate.ts';
import { Connection } from './connection.ts';
import { Domain } from './domain.ts';
import { duplexPair } from './duplex-pair.ts';
import type { RequestHandlers } from './requests.ts';
import { INSIDE_MECHANISMS, MECHANISMS } from './sasl.ts';
import { DEFAULT_LIMITS, type StreamLimits } from './stream-parser.ts';

/** The only address it ever listens on: it is for this machine alone. */
const LOOPBACK = '127.0.0.1';
const CERTIFICATE_DAYS = 365;
const HOUR_MS = 3_600_000;

export interface ServerOptions {
  /** The XMPP domain, such as `archipel.test`. */
  readonly domain: string;
  /** Who may run the administration commands and, when it is on, the fault switch. */
  readonly admins: readonly BareJid[];
  /** What it answers when asked for its version. */
  readonly version: string;
  /** Ports for STARTTLS and for direct TLS; 0 takes a free one, and is what they are without. */
  readonly port?: number;
  readonly tlsPort?: number;
  readonly limits?: StreamLimits;
  /** The certificate of an earlier run, for a server that comes back as the same one. */
  readonly certificate?: ServerCertificate;
  /** All that an earlier run knew, for a server that lost nothing. */
  readonly knowledge?: Domain;
  /** Lets administrators steer the fault switch over the wire. */
  readonly hasFaultControl?: boolean;
  /** More that is answered at the bare domain, by namespace. */
  readonly handlers?: RequestHandlers;
}

/** The embedded XMPP server as it runs. */
export interface EmbeddedServer {
  readonly host: string;
  /** The port for STARTTLS. */
  readonly port: number;
  /** The port for TLS from the first byte. */
  readonly tlsPort: number;
  readonly certificate: ServerCertificate;
  readonly domain: Domain;
  /** A connection from inside this process: a client's end, without TLS. */
  connect(): Duplex;
  /** Ends all connections and stops listening. */
  stop(): Promise<void>;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, LOOPBACK, () => resolve((server.address() as AddressInfo).port));
  });
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Keeps the connections of the server, to end them with it. */
class Doorman {
  readonly #domain: Domain;
  readonly #secureContext: SecureContext;
  readonly #limits: StreamLimits;
  readonly #connections = new Map<Duplex, Connection>();

  constructor(domain: Domain, secureContext: SecureContext, limits: StreamLimits) {
    this.#domain = domain;
    this.#secureContext = secureContext;
    this.#limits = limits;
  }

  admit(duplex: Duplex, isSecure: boolean, mechanisms: readonly string[] = MECHANISMS): void {
    const services = this.#domain.connectionServices(this.#secureContext, this.#limits);
    this.#connections.set(duplex, new Connection(duplex, isSecure, { ...services, mechanisms }));
    duplex.once('close', () => this.#connections.delete(duplex));
  }

  dismissAll(): void {
    for (const [duplex, connection] of this.#connections) {
      connection.close();
      duplex.destroy();
    }
  }
}

function newCertificate(domain: string): ServerCertificate {
  return makeCertificate({
    names: [domain, `pubsub.${domain}`, 'localhost', LOOPBACK],
    // An hour ago, for clocks that differ a little.
    notBefore: new Date(Date.now() - HOUR_MS),
    days: CERTIFICATE_DAYS,
  });
}

/** Starts the server on loopback, with a certificate made for this run unless it is given one. */
export async function startServer(options: ServerOptions): Promise<EmbeddedServer> {
  const { domain: name } = options;
  const certificate = options.certificate ?? newCertificate(name);
  const credentials = { key: certificate.keyPem, cert: certificate.certificatePem };
  const domain = options.knowledge ?? new Domain(new Accounts(name), options);
  const secureContext = createSecureContext(credentials);
  const doorman = new Doorman(domain, secureContext, options.limits ?? DEFAULT_LIMITS);
  const plain = createServer({ noDelay: true }, (socket: Socket) => {
    // A socket that breaks closes; only the close matters.
    socket.on('error', () => socket.destroy());
    doorman.admit(socket, false);
  });
  const secured = createTlsServer({ ...credentials, noDelay: true }, (socket) => {
    doorman.admit(socket, true);
  });
  const port = await listen(plain, options.port ?? 0);
  const tlsPort = await listen(secured, options.tlsPort ?? 0);
  return {
    host: LOOPBACK,
    port,
    tlsPort,
    certificate,
    domain,
    connect: () => {
      const [ours, theirs] = duplexPair();
      doorman.admit(ours, true, INSIDE_MECHANISMS);
      return theirs;
    },
    stop: async () => {
      const ends = [closed(plain), closed(secured)];
      doorman.dismissAll();
      await Promise.all(ends);
    },
  };
}
