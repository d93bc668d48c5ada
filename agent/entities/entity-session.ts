import type { Result } from '../../core/lib/result.ts';
import type { SessionFailure } from '../../node/xmpp/session-failure.ts';
import type { SecretSource } from '../../node/xmpp/session-options.ts';
import type { Session } from '../../node/xmpp/session-types.ts';

/** A session that an entity keeps online for as long as it lives. */
export interface EntitySession extends Session {
  connect(): Promise<Result<{ jid: string }, SessionFailure>>;
  disconnect(): Promise<void>;
}

/** The account of an entity; registered in-band when the server does not know it. */
export interface EntityAccount {
  readonly jid: string;
  readonly password: SecretSource;
  readonly resource: string;
}

/** Makes the sessions of an agent: over TCP, or inside the process. */
export type EntitySessions = (account: EntityAccount) => EntitySession;
