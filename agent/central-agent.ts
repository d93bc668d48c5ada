import { parseJid, type BareJid } from '../core/domain/jid.ts';
import { ok, type Result } from '../core/lib/result.ts';
import { PRESENCE_OF_CENTRAL_AGENT } from '../core/protocol/agent-presence.ts';
import { xmppUserQuestions } from '../core/protocol/xmpp-users.ts';
import type { Session } from '../node/xmpp/session-types.ts';
import type { StorageFault } from '../node/storage/stored-format.ts';
import type { AgentParts } from './assembly/agent-parts.ts';
import { openKeeper } from './assembly/open-keeper.ts';
import { openOutcomes } from './assembly/open-outcomes.ts';
import { rootAdministrators } from './assembly/root-administrators.ts';
import { AdministratorsWatch } from './entities/administrators-watch.ts';
import { Administrators } from './entities/administrators.ts';
import { AgentEntity } from './entities/agent-entity.ts';
import { ChatDesk } from './entities/chat-desk.ts';
import { Dispatcher, type ServedGroup } from './entities/dispatcher.ts';
import { PermissionBook } from './entities/permission-book.ts';
import { outcomeModule } from './modules/outcome-module.ts';
import { permissionModule } from './modules/permission-module.ts';
import { subscriptionModule } from './modules/subscription-module.ts';
import { restoreTags, tagsModule } from './modules/tags-module.ts';
import { xmppUsersModule } from './modules/xmpp-users-module.ts';
import { CommandedUsers } from './users/server-users.ts';
import { UserDirectory } from './users/user-directory.ts';

const NAME = 'Central agent';

/** What a central agent is made of; its store is another one than the hypervisor's. */
export type CentralAgentParts = Pick<
  AgentParts,
  'configuration' | 'hostname' | 'store' | 'sessions' | 'log' | 'now'
>;

/** A central agent at work. */
export interface CentralAgent {
  readonly entity: AgentEntity;
  stop(): Promise<void>;
}

/**
 * Brings the central agent online: the entity that manages the users of the XMPP server, where its
 * account is an administrator. It keeps no database of hypervisors and machines.
 */
export async function startCentralAgent(
  parts: CentralAgentParts,
): Promise<Result<CentralAgent, StorageFault>> {
  const { GLOBAL, CENTRALAGENT } = parts.configuration.values;
  const jid = CENTRALAGENT.central_agent_xmpp_jid;
  const logger = parts.log.loggerOf(jid);
  const administrators = new Administrators(rootAdministrators(parts.configuration));
  const grants = parts.store.grants('central-agent');
  const permissions = new PermissionBook('central-agent', grants, administrators);
  const loaded = await permissions.load();
  if (!loaded.ok) return loaded;
  const hypervisors = hypervisorsOf(parts);
  await admit(permissions, hypervisors);
  const keeper = await openKeeper(parts.store, logger);
  const session = parts.sessions({
    jid,
    password: async () => CENTRALAGENT.central_agent_xmpp_password ?? '',
    resource: parts.hostname,
  });
  const outcomes = await openOutcomes(parts.store, 'central-agent', logger);
  const dispatcher = new Dispatcher({ permissions, logger, outcomes });
  const its = (): AgentEntity => entity;
  dispatcher.add(usersModule(its, session, hypervisors, parts));
  dispatcher.add(permissionModule(its));
  dispatcher.add(subscriptionModule(its, () => NAME));
  dispatcher.add(tagsModule(its, keeper));
  dispatcher.add(outcomeModule(outcomes, permissions));
  const entity = new AgentEntity({
    kind: 'central-agent',
    session,
    resource: parts.hostname,
    permissions,
    dispatcher,
    chat: new ChatDesk(permissions),
    logger,
    pubsubService: GLOBAL.xmpp_pubsub_server,
    now: parts.now,
    vcard: () => ({ fullName: NAME, role: 'central-agent', title: NAME }),
    arrived: async () => {
      await watch.load();
      await restoreTags(entity, keeper);
    },
  });
  const watch = new AdministratorsWatch(session, entity, administrators);
  entity.show(PRESENCE_OF_CENTRAL_AGENT);
  entity.start();
  return ok({ entity, stop: () => entity.stop() });
}

function usersModule(
  entity: () => AgentEntity,
  session: Session,
  hypervisors: ReadonlySet<BareJid>,
  { now }: CentralAgentParts,
): ServedGroup {
  const users = new CommandedUsers(session);
  const directory = new UserDirectory({
    users,
    isHypervisor: (one) => hypervisors.has(one),
    now: () => now().getTime(),
  });
  return xmppUsersModule(entity, users, directory);
}

function hypervisorsOf({ configuration }: CentralAgentParts): ReadonlySet<BareJid> {
  const { central_agent_hypervisors: given } = configuration.values.CENTRALAGENT;
  const own = configuration.values.HYPERVISOR.hypervisor_xmpp_jid;
  return new Set([own, ...given].flatMap((text) => parseJid(text)?.bare ?? []));
}

/** Lets hypervisors ask that nothing is known of yet; what was taken from one it does not get back. */
async function admit(book: PermissionBook, hypervisors: ReadonlySet<BareJid>): Promise<void> {
  const names = Object.values(xmppUserQuestions).flatMap(({ permission }) => permission ?? []);
  const unknown = [...hypervisors].filter((one) => !book.knows(one));
  await book.change(
    unknown.flatMap((user) => names.map((name) => ({ user, name, isGranted: true }))),
  );
}
