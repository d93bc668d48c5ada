import * as v from 'valibot';
import { Application } from '../../../client/application.ts';
import type { AccountLink } from '../../../client/accounts/account-link.ts';
import type { AvatarCodec, Ports } from '../../../client/ports.ts';
import { BareJid } from '../../../core/domain/jid.ts';
import { ok } from '../../../core/lib/result.ts';
import {
  ListeningAudience,
  MemoryKeychain,
  MemoryPictures,
  MemoryStorage,
} from '../../support/client-ports.ts';
import { FakeSession } from '../../support/fake-session.ts';
import { ManualTime, settled } from '../../support/manual-time.ts';

export const ACCOUNT = jid('admin@example.org');
export const WINDOW = { windowId: 1 };

export function jid(text: string): BareJid {
  return v.parse(BareJid, text);
}

/** The application on sessions without a network and on a clock that the test moves. */
export class ApplicationFixture {
  readonly storage: MemoryStorage;
  readonly keychain = new MemoryKeychain();
  readonly pictures = new MemoryPictures();
  readonly audience = new ListeningAudience();
  readonly time: ManualTime;
  readonly sessions: FakeSession[] = [];
  readonly bugs: unknown[] = [];
  readonly application: Application;
  toAvatar: AvatarCodec['toAvatar'] = async (bytes) => ok(bytes);

  constructor(
    prepare: (session: FakeSession) => void,
    storage = new MemoryStorage(),
    time = new ManualTime(),
  ) {
    this.storage = storage;
    this.time = time;
    let lastId = 0;
    const ports: Ports = {
      storage,
      pictures: this.pictures,
      keychain: this.keychain,
      images: { toAvatar: (bytes) => this.toAvatar(bytes) },
      clock: time,
      createSession: ({ jid: account }) => {
        const session = new FakeSession(account);
        prepare(session);
        this.sessions.push(session);
        return session;
      },
      random: () => 0,
      createId: () => `id-${(lastId += 1)}-${time.now()}`,
      report: (cause) => String(this.bugs.push(cause)),
    };
    this.application = new Application(ports, this.audience);
  }

  get session(): FakeSession {
    return this.sessions.at(-1)!;
  }

  get link(): AccountLink {
    return this.application.accounts.link(ACCOUNT)!;
  }

  /** Adds the account, if it is not stored yet, and connects it. */
  async connect(): Promise<void> {
    const { application } = this;
    await application.start();
    if (application.accounts.list().length === 0) {
      const settings = {
        jid: ACCOUNT,
        resource: '',
        connectAtStart: true,
        rememberPassword: false,
      };
      await application.accounts.add(settings, undefined);
    }
    await application.accounts.connect(ACCOUNT, 'secret');
    await settled();
  }

  /** The link is lost for good and comes back as a new stream. */
  async reconnect(): Promise<void> {
    this.lose();
    await settled();
    this.session.become({ kind: 'online', jid: `${ACCOUNT}/again`, resumed: false });
    await settled();
  }

  lose(): void {
    const reason = { code: 'link-closed' } as const;
    const retryAt = this.time.now();
    this.session.become({ kind: 'waiting', attempt: 1, retryAt, resumable: false, reason });
  }
}
