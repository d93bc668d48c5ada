import * as v from 'valibot';
import { BareJid } from '../../../core/domain/jid.ts';
import {
  type EmbeddedServer,
  type ServerOptions,
  startServer,
} from '../../../demo/server/server.ts';
import type { TestUser, XmppServerDescription } from '../../support/xmpp-daemon.ts';

const DOMAIN = 'embedded.test';
const PASSWORD = 'embedded password';
const USERS = ['admin', 'alice', 'bob', 'carol', 'dave', 'erin'];

const OPTIONS: ServerOptions = {
  domain: DOMAIN,
  admins: [v.parse(BareJid, `admin@${DOMAIN}`)],
  version: 'test',
};

async function startWithUsers(options: ServerOptions): Promise<EmbeddedServer> {
  const server = await startServer(options);
  for (const name of USERS) server.domain.accounts.register(name, PASSWORD);
  return server;
}

/** The embedded server as the harnesses of the real servers offer theirs. */
export class TestEmbedded {
  readonly description: XmppServerDescription;
  readonly #options: ServerOptions;
  #server: EmbeddedServer;

  private constructor(server: EmbeddedServer) {
    this.#server = server;
    const { port, tlsPort, certificate } = server;
    this.#options = { ...OPTIONS, port, tlsPort, certificate };
    const [admin, ...users] = USERS.map((name): TestUser => {
      return { jid: `${name}@${DOMAIN}`, password: PASSWORD };
    });
    this.description = {
      name: 'embedded',
      host: server.host,
      port,
      directTlsPort: tlsPort,
      domain: DOMAIN,
      ca: certificate.authorityPem,
      pubsub: `pubsub.${DOMAIN}`,
      admin: admin!,
      users,
      hasRegistration: true,
      hasResumption: true,
      hasPrivateStorage: true,
    };
  }

  static async start(): Promise<TestEmbedded> {
    return new TestEmbedded(await startWithUsers(OPTIONS));
  }

  /** Comes back on the same ports with the same certificate and accounts, and nothing else. */
  async startProcess(): Promise<void> {
    this.#server = await startWithUsers(this.#options);
  }

  async stopProcess(): Promise<void> {
    await this.#server.stop();
  }

  async stop(): Promise<void> {
    await this.#server.stop();
  }
}
