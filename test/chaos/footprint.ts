import { Socket } from 'node:net';
import v8 from 'node:v8';
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
const REST_MS = 5000;
/** How long it may take until all who lost their link are back: they wait half a minute at most. */
export const BACK_MS = 90_000;
/** Counting stops everything for so long that it can cost links, whose ends are there for a moment. */
const MOST_COUNTS = 3;

/** What a guest opens when it is first looked at, and timers, which come and go. */
const PASSING = new Set(['TCPServerWrap', 'Timeout', 'Immediate']);
/** Of these there may be fewer, as of a guest's screen that nobody looks at any more. */
const AT_MOST: ReadonlySet<string> = new Set(['sockets', 'handles']);

/** How many of each are alive. */
export type Footprint = Readonly<Record<keyof typeof HELD | 'handles', number>>;

/** What was counted, what of it is not as it should be, and who was not online then. */
export interface AtRest {
  readonly held: Footprint;
  readonly wrong: readonly string[];
  readonly stillDown: readonly string[];
}

/** Collects garbage, and counts what is left: by it nothing that is merely not collected counts. */
export function measureFootprint(): Footprint {
  const counts = Object.entries(HELD).map(([name, type]) => {
    return [name, v8.queryObjects(type, { format: 'count' })] as const;
  });
  const handles = process.getActiveResourcesInfo().filter((kind) => !PASSING.has(kind)).length;
  return { ...Object.fromEntries(counts), handles } as Footprint;
}

/**
 * As above, once everybody is online and what ended is gone. Where it is not what it should be it is
 * counted again, since a link may have ended a moment before.
 */
export async function measureAtRest(
  down: () => Promise<readonly string[]>,
  expected: Footprint,
): Promise<AtRest> {
  for (let count = 1; ; count += 1) {
    const stillDown = await allBack(down);
    const held = measureFootprint();
    const wrong = differences(held, expected);
    const isOver = wrong.length === 0 || stillDown.length > 0 || count === MOST_COUNTS;
    if (isOver) return { held, wrong, stillDown };
  }
}

/** Waits until nobody is down, or for as long as it may take, and tells who is. */
async function allBack(down: () => Promise<readonly string[]>): Promise<readonly string[]> {
  const last = Date.now() + BACK_MS;
  for (;;) {
    await new Promise((go) => setTimeout(go, REST_MS));
    const names = await down();
    if (names.length === 0 || Date.now() > last) return names;
  }
}

function differences(held: Footprint, expected: Footprint): readonly string[] {
  const names = Object.keys(expected) as (keyof Footprint)[];
  const wrong = names.filter((name) => {
    return AT_MOST.has(name) ? held[name] > expected[name] : held[name] !== expected[name];
  });
  return wrong.map((name) => `${held[name]} ${name} in place of ${expected[name]}`);
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
