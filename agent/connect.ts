import type { EntitySessions } from './entities/entity-session.ts';
import { Doorway } from './doorway.ts';
import type {
  Endpoint,
  ScramKeyCache,
  SessionOptions,
  TlsOptions,
  Transport,
} from '../node/xmpp/session-options.ts';
import type { SessionFailure } from '../node/xmpp/session-failure.ts';
import { XmppSession } from '../node/xmpp/session.ts';
import { err, type Result } from '../core/lib/result.ts';

/** How many entities log in at the same time: all at once, each would wait for all the others. */
const LOGINS_AT_ONCE = 32;

/** How an agent's sessions reach the server; by DNS when nothing is given. */
export interface Reach {
  readonly endpoint?: Endpoint;
  readonly tls?: TlsOptions;
  /** A way other than TCP, such as inside the process. */
  readonly transport?: Transport;
  readonly scramKeys?: ScramKeyCache;
  /** What several agents in one process share; each has its own when not given. */
  readonly doorway?: Doorway;
}

/** A session that logs in when it is its turn. Coming back after a loss has a wait of its own. */
class QueuedSession extends XmppSession {
  readonly #doorway: Doorway;
  #isWanted = false;

  constructor(options: SessionOptions, doorway: Doorway) {
    super(options);
    this.#doorway = doorway;
  }

  override async connect(): Promise<Result<{ jid: string }, SessionFailure>> {
    this.#isWanted = true;
    return this.#doorway.pass(async () => {
      // Its turn may come when nobody wants it any more.
      return this.#isWanted ? super.connect() : err({ code: 'link-closed' });
    });
  }

  override async disconnect(): Promise<void> {
    this.#isWanted = false;
    await super.disconnect();
  }
}

/** Sessions of entities on a server, each registered in-band when the server does not know it. */
export function entitySessions({ doorway, ...reach }: Reach): EntitySessions {
  const shared = doorway ?? new Doorway(LOGINS_AT_ONCE);
  return ({ jid, password, resource }) =>
    new QueuedSession({ ...reach, jid, password, resource, registerIfMissing: true }, shared);
}
