import type { SessionOptions } from '../../../node/xmpp/session-options.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import type { TestUser, XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { expectOk } from '../../support/expect-result.ts';
import { afterEach } from 'vitest';

/** Makes sessions on one server and ends them after each test. */
export class Visitors {
  readonly #server: () => XmppServerDescription;
  #open: XmppSession[] = [];

  constructor(server: () => XmppServerDescription) {
    this.#server = server;
    afterEach(async () => {
      await Promise.all(this.#open.splice(0).map(async (session) => session.disconnect()));
    });
  }

  make(user: TestUser, options: Partial<SessionOptions> = {}): XmppSession {
    const { host, port, ca } = this.#server();
    const session = new XmppSession({
      jid: user.jid,
      password: () => Promise.resolve(user.password),
      endpoint: { host, port },
      tls: { ca },
      ...options,
    });
    session.on('handlerFailed', ({ cause }) => {
      throw cause;
    });
    this.#open.push(session);
    return session;
  }

  async online(user: TestUser, options: Partial<SessionOptions> = {}): Promise<XmppSession> {
    const session = this.make(user, options);
    expectOk(await session.connect());
    return session;
  }
}
