import { Socket } from 'node:net';
import v8 from 'node:v8';
import { runInNewContext } from 'node:vm';
import { AgentEntity } from '../../agent/entities/agent-entity.ts';
import { HypervisorHost } from '../../agent/machines/hypervisor-host.ts';
import { AccountLink } from '../../client/accounts/account-link.ts';
import { Connection } from '../../demo/server/connection.ts';
import { Session } from '../../demo/server/session.ts';
import { Link } from '../../node/xmpp/link.ts';
import { XmppSession } from '../../node/xmpp/session.ts';

/** What the application, the agents and the server hold of what listens to others. */
const HELD = {
  accountLinks: AccountLink,
  agentEntities: AgentEntity,
  agentHosts: HypervisorHost,
  serverConnections: Connection,
  serverSessions: Session,
  sockets: Socket,
  xmppLinks: Link,
  xmppSessions: XmppSession,
};

/** The server drops a connection that does not end by itself after two seconds. */
const REST_MS = 10_000;

/** What a guest opens when it is first looked at, and timers, which come and go. */
const PASSING = new Set(['TCPServerWrap', 'Timeout', 'Immediate']);

/** How many of each are alive. */
export type Footprint = Readonly<Record<keyof typeof HELD | 'handles', number>>;

export interface Measured {
  readonly held: Footprint;
  /** What is left of the heap after a collection, bytes. */
  readonly heapBytes: number;
}

/** What is left of the heap after a collection, bytes; nothing is counted, which takes minutes where much is alive. */
export function liveHeap(): number {
  v8.setFlagsFromString('--expose-gc');
  runInNewContext('gc()');
  return process.memoryUsage().heapUsed;
}

/** Collects garbage, and counts what is left: by it nothing that is merely not collected counts. */
export function measureFootprint(): Measured {
  const counts = Object.entries(HELD).map(([name, type]) => {
    return [name, v8.queryObjects(type, { format: 'count' })] as const;
  });
  const handles = process.getActiveResourcesInfo().filter((kind) => !PASSING.has(kind)).length;
  const held = { ...Object.fromEntries(counts), handles } as Footprint;
  return { held, heapBytes: process.memoryUsage().heapUsed };
}

/** As above, once the server has let go of the connections that ended a moment ago, or has not in time. */
export async function measureAtRest(): Promise<Measured> {
  const last = Date.now() + REST_MS;
  for (;;) {
    const measured = measureFootprint();
    const { serverConnections, serverSessions } = measured.held;
    if (serverConnections <= serverSessions || Date.now() > last) return measured;
    await new Promise((go) => setTimeout(go, REST_MS / 20));
  }
}

/** What there must be with so many more machines, each with a session inside this process. */
export function heldWith(held: Footprint, more: number): Footprint {
  const { agentEntities, serverSessions, xmppLinks, xmppSessions } = held;
  return {
    ...held,
    agentEntities: agentEntities + more,
    // In the end each connection belongs to a session.
    serverConnections: serverSessions + more,
    serverSessions: serverSessions + more,
    xmppLinks: xmppLinks + more,
    xmppSessions: xmppSessions + more,
  };
}
