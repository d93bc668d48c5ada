import { randomUUID } from 'node:crypto';
import { Application } from '../../../client/application.ts';
import type { Storage } from '../../../client/ports.ts';
import type { ConnectionState } from '../../../core/contract/accounts.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import { ok } from '../../../core/lib/result.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import type { Endpoint } from '../../../node/xmpp/session-options.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import { ListeningAudience, MemoryKeychain, MemoryPictures } from '../../support/client-ports.ts';

/** The application on real time and a real network, with the files and passwords it is given. */
export class ApplicationOnServer {
  readonly keychain: MemoryKeychain;
  readonly audience = new ListeningAudience();
  readonly application: Application;
  /** What went wrong inside the application; every test expects nothing here. */
  readonly bugs: unknown[] = [];

  constructor(storage: Storage, keychain = new MemoryKeychain()) {
    this.keychain = keychain;
    this.application = new Application(
      {
        storage,
        keychain,
        pictures: new MemoryPictures(),
        images: { toAvatar: async (bytes) => ok(bytes) },
        clock: systemClock,
        createSession: (options) => new XmppSession(options),
        random: () => 0,
        createId: randomUUID,
        report: (cause) => String(this.bugs.push(cause)),
      },
      this.audience,
    );
  }

  /** Starts, makes an account and connects it; resolves with what came of that. */
  async logIn(
    jid: BareJid,
    password: string,
    { host, port, directTls = false }: Endpoint,
    fingerprint?: string,
  ): Promise<ConnectionState> {
    const { accounts } = this.application;
    await this.application.start();
    const endpoint = { host, port, directTls };
    const choices = { connectAtStart: true, rememberPassword: true };
    await accounts.add({ jid, resource: 'Archipel', endpoint, ...choices }, password);
    if (fingerprint !== undefined) await accounts.trust(jid, fingerprint);
    await accounts.connect(jid);
    return this.outcome(jid);
  }

  /** How a connection that is being made turns out. */
  outcome(jid: BareJid): Promise<ConnectionState> {
    return this.audience.until(() => {
      const state = this.application.accounts.entry(jid)?.connection;
      return state && state.name !== 'connecting' && state.name !== 'offline' ? state : undefined;
    });
  }
}
