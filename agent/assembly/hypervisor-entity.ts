import { absences } from '../configuration/absent-namespaces.ts';
import { AdministratorsWatch } from '../entities/administrators-watch.ts';
import { AgentEntity } from '../entities/agent-entity.ts';
import type { BelongingsKeeper } from '../entities/belongings.ts';
import { ChatDesk } from '../entities/chat-desk.ts';
import { Dispatcher } from '../entities/dispatcher.ts';
import { PermissionBook } from '../entities/permission-book.ts';
import { makeSharedNodes } from '../entities/shared-nodes.ts';
import { LineSubscriptions } from '../log/line-subscriptions.ts';
import type { Logger } from '../log/logger.ts';
import { avatarModule, photoOf } from '../modules/avatar-module.ts';
import { healthModule } from '../modules/health-module.ts';
import { hypervisorChat } from '../modules/hypervisor-chat.ts';
import {
  hypervisorControlHandlers,
  hypervisorControlModule,
} from '../modules/hypervisor-control-module.ts';
import { hypervisorInfoModule } from '../modules/hypervisor-info-module.ts';
import { logModule } from '../modules/log-module.ts';
import { isLoaded } from '../modules/module-context.ts';
import { outcomeModule } from '../modules/outcome-module.ts';
import { permissionModule } from '../modules/permission-module.ts';
import { writeLogLines } from '../../core/protocol/log-lines.ts';
import { writeSamples } from '../../core/protocol/statistics-samples.ts';
import { StatisticsSubscriptions } from '../health/subscriptions.ts';
import { statisticsModule } from '../modules/statistics-module.ts';
import { subscriptionModule } from '../modules/subscription-module.ts';
import { restoreTags, tagsModule } from '../modules/tags-module.ts';
import { usersProxyModule } from '../modules/users-proxy-module.ts';
import type { Assembly } from './agent-parts.ts';
import { openKeeper } from './open-keeper.ts';
import { openOutcomes } from './open-outcomes.ts';
import { rootAdministrators } from './root-administrators.ts';

/** Puts the entity of the hypervisor together. */
export async function makeHypervisorEntity(assembly: Assembly): Promise<AgentEntity> {
  const { parts, context, administrators } = assembly;
  const { values } = parts.configuration;
  const jid = values.HYPERVISOR.hypervisor_xmpp_jid;
  const logger = parts.log.loggerOf(jid);
  const permissions = new PermissionBook(
    'hypervisor',
    parts.store.grants('hypervisor'),
    administrators,
  );
  const loaded = await permissions.load();
  if (!loaded.ok) logger.error(`STORE ${loaded.error.code}: ${loaded.error.file}`);
  const keeper = await openKeeper(parts.store, logger);
  const handlers = hypervisorControlHandlers(context);
  const outcomes = await openOutcomes(parts.store, 'hypervisor', logger);
  const dispatcher = new Dispatcher({
    permissions,
    logger,
    outcomes,
    absences: absences('hypervisor', context.modules),
  });
  const entity = (): AgentEntity => context.host.entity;
  const { samples, lines } = makeSubscriptions(assembly, permissions, entity);
  dispatcher.add(hypervisorControlModule(handlers));
  dispatcher.add(hypervisorInfoModule(context));
  dispatcher.add(permissionModule(entity));
  dispatcher.add(subscriptionModule(entity, () => nameOf(assembly)));
  dispatcher.add(tagsModule(entity, keeper));
  dispatcher.add(avatarModule(entity, keeper, parts.avatars));
  dispatcher.add(outcomeModule(outcomes, permissions));
  if (isLoaded(context, 'hypervisor_health')) {
    dispatcher.add(healthModule(context));
    dispatcher.add(statisticsModule(context, samples));
    dispatcher.add(logModule(lines));
  }
  if (isLoaded(context, 'xmppserver')) {
    dispatcher.add(usersProxyModule(entity, context.centralAgent));
  }
  const chat = new ChatDesk(permissions);
  chat.add(...hypervisorChat(context, handlers));
  const gone = (from: string): void => {
    samples.unsubscribe(from);
    lines.unsubscribe(from);
  };
  return online(assembly, { dispatcher, chat, permissions, logger, keeper }, gone);
}

/** Who is sent figures, and lines of the log. */
function makeSubscriptions(
  { parts, context }: Assembly,
  permissions: PermissionBook,
  entity: () => AgentEntity,
): { readonly samples: StatisticsSubscriptions; readonly lines: LineSubscriptions } {
  const nowMs = (): number => context.now().getTime();
  const samples = new StatisticsSubscriptions({
    collector: context.statistics,
    nowMs,
    send: (to, sample) => entity().tell(writeSamples(to, [sample])),
    maySeeHost: (user) => permissions.isGranted(user, 'health_info'),
    maySee: (user, uuid) => {
      return context.host.find(uuid)?.entity.permissions.isGranted(user, 'info') === true;
    },
  });
  const lines = new LineSubscriptions({
    onLine: parts.log.onLine,
    nowMs,
    after: (delayMs, run) => void setTimeout(run, delayMs).unref(),
    send: (to, told) => entity().tell(writeLogLines(to, told)),
    mayRead: (user) => permissions.isGranted(user, 'health_logs'),
  });
  return { samples, lines };
}

interface Insides {
  readonly dispatcher: Dispatcher;
  readonly chat: ChatDesk;
  readonly permissions: PermissionBook;
  readonly logger: Logger;
  readonly keeper: BelongingsKeeper;
}

function online(
  assembly: Assembly,
  { keeper, ...insides }: Insides,
  gone: (from: string) => void,
): AgentEntity {
  const { parts, administrators } = assembly;
  const { GLOBAL, HYPERVISOR } = parts.configuration.values;
  const session = parts.sessions({
    jid: HYPERVISOR.hypervisor_xmpp_jid,
    password: async () => HYPERVISOR.hypervisor_xmpp_password,
    resource: parts.hostname,
  });
  session.on('presence', (presence) => {
    const from = presence.attribute('from');
    if (presence.attribute('type') === 'unavailable' && from !== undefined) gone(from);
  });
  const entity = new AgentEntity({
    ...insides,
    kind: 'hypervisor',
    session,
    resource: parts.hostname,
    pubsubService: GLOBAL.xmpp_pubsub_server,
    now: parts.now,
    vcard: () => ({ ...vcardOf(assembly), ...photo(keeper.now().avatar) }),
    arrived: async () => {
      await makeSharedNodes(entity.pubsub, rootAdministrators(parts.configuration), insides.logger);
      await watch.load();
      await restoreTags(entity, keeper);
    },
  });
  const watch = new AdministratorsWatch(session, entity, administrators);
  const photo = (name = HYPERVISOR.hypervisor_default_avatar) =>
    GLOBAL.use_avatar ? photoOf(parts.avatars, name) : {};
  return entity;
}

function nameOf({ parts }: Assembly): string {
  const name = parts.configuration.values.HYPERVISOR.hypervisor_name;
  return name === 'auto' ? parts.hostname : name;
}

function vcardOf(assembly: Assembly) {
  const { context } = assembly;
  const { driver } = context.host;
  return {
    ...context.settings.organisation,
    fullName: nameOf(assembly),
    role: 'hypervisor',
    title: driver === undefined ? 'Hypervisor' : `Hypervisor (${driver.toUpperCase()})`,
  };
}
