import type { BareJid } from '../../core/domain/jid.ts';
import { parseJid } from '../../core/domain/jid.ts';
import { PresenceTable } from '../../node/xmpp/presence-table.ts';
import { Pubsub } from '../../node/xmpp/pubsub.ts';
import { Roster } from '../../node/xmpp/roster.ts';
import type { Session } from '../../node/xmpp/session-types.ts';
import type { DiskCache } from '../disk-cache.ts';
import { AccountView } from '../inventory/account-view.ts';
import type { CachedInfo } from '../inventory/agent-info.ts';
import { AgentKeeper } from '../inventory/agent-keeper.ts';
import { EventSubscriptions } from '../inventory/event-subscriptions.ts';
import type { Inventory } from '../inventory/inventory.ts';
import { PermissionKeeper } from '../inventory/permission-keeper.ts';
import { RosterKeeper } from '../inventory/roster-keeper.ts';
import {
  SubscriptionDesk,
  type SubscriptionDeskDependencies,
} from '../inventory/subscription-desk.ts';
import { TagKeeper } from '../inventory/tag-keeper.ts';
import { VcardKeeper, type CachedVcard } from '../inventory/vcard-keeper.ts';
import type { Ports } from '../ports.ts';
import { QueuedSession } from '../requests/queued-session.ts';
import { RequestEngine, type TargetDirectory } from '../requests/request-engine.ts';
import { RequestQueue } from '../requests/request-queue.ts';
import { SliceQueue } from '../slices.ts';
import type { StanzaCause, StanzaCauses } from '../stanzas/stanza-causes.ts';

/** What all accounts share. */
export interface SharedParts {
  readonly ports: Ports;
  readonly inventory: Inventory;
  readonly causes: StanzaCauses;
  readonly vcards: DiskCache<CachedVcard>;
  readonly infos: DiskCache<CachedInfo>;
}

/** What one connected account is made of. */
export interface LinkParts {
  readonly account: BareJid;
  readonly session: Session;
  /** For what the user asks of the server itself. */
  readonly asking: Session;
  /** The same, behind everything that is waited for. */
  readonly details: Session;
  readonly queue: RequestQueue;
  readonly slices: SliceQueue;
  readonly engine: RequestEngine;
  readonly view: AccountView;
  readonly roster: Roster;
  /** Absent for an account of which nothing is kept. */
  readonly rosterKeeper: RosterKeeper | undefined;
  readonly presences: PresenceTable;
  readonly subscriptions: EventSubscriptions;
  readonly tags: TagKeeper;
  readonly vcards: VcardKeeper;
  readonly agents: AgentKeeper;
  readonly permissions: PermissionKeeper;
  readonly desk: SubscriptionDesk;
}

/** What the user has said of an account. */
export interface LinkManners extends Pick<
  SubscriptionDeskDependencies,
  'isAuthorised' | 'authorised'
> {
  /** Its roster outlives the run. */
  readonly keepsRoster: boolean;
}

/** Puts together what an account needs; nothing is sent yet. `cause` tells log-in from later changes. */
export function buildLink(
  account: BareJid,
  session: Session,
  shared: SharedParts,
  cause: () => StanzaCause,
  { keepsRoster, ...standing }: LinkManners,
): LinkParts {
  const { ports, inventory } = shared;
  const report = (thrown: unknown): void => void ports.report(thrown);
  const queue = new RequestQueue();
  const view = new AccountView(inventory, account);
  // The engine asks the keepers, which ask through the engine.
  const keepers: { directory?: TargetDirectory } = {};
  const directory = laterDirectory(() => keepers.directory);
  const engine = new RequestEngine({ account, session, queue, causes: shared.causes, directory });
  const { urgent, details, asking } = queuedSessions(session, engine, cause);
  const pubsub = new Pubsub(urgent, pubsubService(account));
  const rosterKeeper = keepsRoster ? new RosterKeeper({ account, ...ports }) : undefined;
  const roster = makeRoster(urgent, report, rosterKeeper);
  // The roster is read before anybody is heard; what was known of the last run is there before.
  const isKnown = (jid: string): boolean => {
    const bare = parseJid(jid)?.bare;
    return roster.items.has(jid) || (bare !== undefined && view.facts(bare) !== undefined);
  };
  const agents = new AgentKeeper({ session: details, view, cache: shared.infos, isKnown });
  const permissions = new PermissionKeeper({ engine, pubsub, view });
  keepers.directory = {
    target: (jid) => view.entity(jid),
    permissions: (jid) => permissions.get(jid),
    agent: (jid) => agents.know(jid),
    denied: (jid, permission) => permissions.denied(jid, permission),
  };
  return {
    account,
    session,
    asking,
    details,
    queue,
    slices: new SliceQueue(report),
    engine,
    view,
    roster,
    rosterKeeper,
    presences: new PresenceTable(session, ports.clock, report, isKnown),
    subscriptions: new EventSubscriptions(pubsub, view),
    tags: new TagKeeper(pubsub, view),
    vcards: new VcardKeeper({ session: details, view, cache: shared.vcards, ...ports }),
    agents,
    permissions,
    desk: new SubscriptionDesk({ roster, inventory, view, clock: ports.clock, ...standing }),
  };
}

function makeRoster(
  session: Session,
  report: (thrown: unknown) => void,
  keeper: RosterKeeper | undefined,
): Roster {
  const roster = new Roster(session, report, keeper && (() => keeper.recall()));
  keeper?.follow(roster);
  return roster;
}

/** The session as those see it who ask through the queue, by how much the user waits for them. */
function queuedSessions(session: Session, engine: RequestEngine, cause: () => StanzaCause) {
  return {
    urgent: new QueuedSession(session, engine, cause, 'user'),
    details: new QueuedSession(session, engine, () => 'details', 'background'),
    asking: new QueuedSession(session, engine, () => 'command', 'user'),
  };
}

/** The service that agents and their clients use by convention. */
export function pubsubService(account: BareJid): string {
  return `pubsub.${parseJid(account)?.domain ?? ''}`;
}

function laterDirectory(get: () => TargetDirectory | undefined): TargetDirectory {
  return {
    target: (jid) => get()?.target(jid),
    permissions: async (jid) => (await get()?.permissions(jid)) ?? 'unknown',
    agent: async (jid) => get()?.agent(jid),
    denied: (jid, permission) => get()?.denied(jid, permission),
  };
}
