import { afterEach } from 'vitest';
import { XmppSession } from '../../../../node/xmpp/session.ts';
import type { SessionOptions } from '../../../../node/xmpp/session-options.ts';
import type { FaultServer } from '../../../support/fault-server.ts';
import { FAULT_DOMAIN, FAULT_PASSWORD } from '../../../support/faults.ts';

type MakeSession = (
  server: FaultServer,
  options?: Partial<SessionOptions>,
  /** What our own code threw; a test that expects none fails. */
  onBug?: (cause: unknown) => void,
) => XmppSession;

/** Makes sessions on the fault server, and ends them after each test. */
export function sessionsOn(): MakeSession {
  const open: XmppSession[] = [];
  const servers = new Set<FaultServer>();
  let bugs: unknown[] = [];
  afterEach(async () => {
    await Promise.all([...servers].map(async (server) => server.close()));
    await Promise.all(open.splice(0).map(async (session) => session.disconnect()));
    servers.clear();
    const [bug] = bugs;
    bugs = [];
    if (bug !== undefined) throw bug as Error;
  });
  return (server, options = {}, onBug = (cause) => bugs.push(cause)) => {
    const session = new XmppSession({
      jid: `user@${FAULT_DOMAIN}`,
      password: () => Promise.resolve(FAULT_PASSWORD),
      ...(options.endpoint === undefined && { transport: server.transport() }),
      ...options,
    });
    session.on('handlerFailed', ({ cause }) => onBug(cause));
    servers.add(server);
    open.push(session);
    return session;
  };
}
