import type { EntitySessions } from './entities/entity-session.ts';
import type {
  Endpoint,
  ScramKeyCache,
  TlsOptions,
  Transport,
} from '../node/xmpp/session-options.ts';
import { XmppSession } from '../node/xmpp/session.ts';

/** How an agent's sessions reach the server; by DNS when nothing is given. */
export interface Reach {
  readonly endpoint?: Endpoint;
  readonly tls?: TlsOptions;
  /** A way other than TCP, such as inside the process. */
  readonly transport?: Transport;
  readonly scramKeys?: ScramKeyCache;
}

/** Sessions of entities on a server, each registered in-band when the server does not know it. */
export function entitySessions(reach: Reach): EntitySessions {
  return ({ jid, password, resource }) =>
    new XmppSession({ ...reach, jid, password, resource, registerIfMissing: true });
}
