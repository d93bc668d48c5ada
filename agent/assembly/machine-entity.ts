import { err, ok } from '../../core/lib/result.ts';
import type { Action, ActionFailure } from '../../core/protocol/define-action.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import { parseJid } from '../../core/domain/jid.ts';
import { absences } from '../configuration/absent-namespaces.ts';
import { AgentEntity } from '../entities/agent-entity.ts';
import type { BelongingsKeeper } from '../entities/belongings.ts';
import { ChatDesk } from '../entities/chat-desk.ts';
import { Dispatcher, type Requester } from '../entities/dispatcher.ts';
import type { OutcomeRecord } from '../entities/outcome-record.ts';
import { PermissionBook } from '../entities/permission-book.ts';
import type { Logger } from '../log/logger.ts';
import type { Machine } from '../machines/machine.ts';
import { avatarModule, photoOf } from '../modules/avatar-module.ts';
import { consoleModule } from '../modules/console-module.ts';
import { busyFailure } from '../modules/failures.ts';
import { isLoaded } from '../modules/module-context.ts';
import { outcomeModule } from '../modules/outcome-module.ts';
import { permissionModule } from '../modules/permission-module.ts';
import { subscriptionModule } from '../modules/subscription-module.ts';
import { restoreTags, tagsModule } from '../modules/tags-module.ts';
import { usersProxyModule } from '../modules/users-proxy-module.ts';
import { vmChat } from '../modules/vm-chat.ts';
import {
  vmControlHandlers,
  vmControlModule,
  type VmControlHandlers,
} from '../modules/vm-control-module.ts';
import { vncModule } from '../modules/vnc-module.ts';
import { definitionTextModule, vmDefinitionModule } from '../modules/vm-definition-module.ts';
import type { Assembly } from './agent-parts.ts';
import { openOutcomes } from './open-outcomes.ts';

/** Puts the entity of a virtual machine together; `invite` is called each time it comes online or goes on. */
export async function makeMachineEntity(
  { parts, context, administrators }: Assembly,
  machine: Machine,
  invite: () => Promise<void>,
): Promise<AgentEntity> {
  const { HYPERVISOR, GLOBAL, VIRTUALMACHINE } = parts.configuration.values;
  const jid = context.host.jidOf(machine.uuid);
  const logger = parts.log.loggerOf(jid);
  const permissions = await openBook({ parts, administrators }, machine.uuid, logger);
  const keeper = keeperOf(context.host, machine);
  const resource = parseJid(HYPERVISOR.hypervisor_xmpp_jid)?.node ?? parts.hostname;
  const handlers = vmControlHandlers(context, machine);
  const outcomes = await openOutcomes(parts.store, machine.uuid, logger);
  const insides = { keeper, handlers, permissions, logger, outcomes };
  const dispatcher = dispatcherFor({ parts, context, administrators }, machine, insides);
  const chat = new ChatDesk(permissions);
  chat.add(...vmChat(machine, hindered(handlers, machine)));
  return new AgentEntity({
    kind: 'virtualmachine',
    session: parts.sessions({
      jid,
      password: async () => machine.record.password,
      resource,
    }),
    resource,
    permissions,
    dispatcher,
    chat,
    logger,
    pubsubService: GLOBAL.xmpp_pubsub_server,
    now: parts.now,
    vcard: () => ({
      ...machine.vcard(context.host.driver),
      ...(GLOBAL.use_avatar
        ? photoOf(parts.avatars, keeper.now().avatar ?? VIRTUALMACHINE.vm_default_avatar)
        : {}),
    }),
    arrived: async () => {
      await invite();
      await restoreTags(machine.entity, keeper);
    },
    resumed: invite,
  });
}

interface Insides {
  readonly keeper: BelongingsKeeper;
  readonly handlers: VmControlHandlers;
  readonly permissions: PermissionBook;
  readonly logger: Logger;
  readonly outcomes: OutcomeRecord;
}

function dispatcherFor(
  { parts, context }: Assembly,
  machine: Machine,
  { keeper, handlers, permissions, logger, outcomes }: Insides,
): Dispatcher {
  const dispatcher = new Dispatcher({
    permissions,
    logger,
    outcomes,
    hindrance: (action) => hindranceOf(machine, action),
    absences: absences('virtualmachine', context.modules),
  });
  const entity = (): AgentEntity => machine.entity;
  dispatcher.add(vmControlModule(handlers));
  dispatcher.add(vmDefinitionModule(context, machine));
  dispatcher.add(definitionTextModule(context, machine));
  if (context.consoles) {
    dispatcher.add(vncModule(context, context.consoles, machine));
    dispatcher.add(consoleModule(context, context.consoles, machine));
  }
  if (isLoaded(context, 'xmppserver')) {
    dispatcher.add(usersProxyModule(() => context.host.entity, context.centralAgent));
  }
  dispatcher.add(permissionModule(entity));
  dispatcher.add(subscriptionModule(entity, () => machine.record.name));
  dispatcher.add(tagsModule(entity, keeper));
  dispatcher.add(avatarModule(entity, keeper, parts.avatars));
  dispatcher.add(outcomeModule(outcomes, permissions));
  return dispatcher;
}

function keeperOf(host: Assembly['context']['host'], machine: Machine): BelongingsKeeper {
  return {
    now: () => machine.record,
    keep: async ({ tags, avatar }) => {
      const kept = await host.update(machine, (record) => ({
        ...record,
        tags: tags === undefined ? record.tags : [...tags],
        avatar: avatar ?? record.avatar,
      }));
      if (kept.ok) return ok(undefined);
      return err('detail' in kept.error ? kept.error.detail : kept.error.code);
    },
  };
}

/** What can be asked of a machine that migrates; nothing of it changes by that. */
const WHILE_MIGRATING: ReadonlySet<string> = new Set([
  'info',
  'xmldesc',
  'networkinfo',
  'capabilities',
]);

function hindranceOf({ task }: Machine, action: Action): ActionFailure | undefined {
  if (task === undefined || !action.namespace.startsWith('archipel:vm:')) return undefined;
  const isHarmless =
    task === 'migrating'
      ? WHILE_MIGRATING.has(action.name)
      : task !== 'freeing' && action.kind === 'get';
  return isHarmless ? undefined : busyFailure(task, action.errors[0]);
}

/** The same handlers for those who do not come by way of the dispatcher, which asks by itself. */
function hindered(handlers: VmControlHandlers, machine: Machine): VmControlHandlers {
  const entries = Object.entries(vmControl).map(([name, action]) => {
    const handler = handlers[name as keyof VmControlHandlers] as AnyHandler;
    return [
      name,
      async (...order: Parameters<AnyHandler>) => {
        const hindrance = hindranceOf(machine, action);
        return hindrance ? err(hindrance) : handler(...order);
      },
    ];
  });
  // Each name keeps its own handler, so the types hold by construction.
  return Object.fromEntries(entries) as VmControlHandlers;
}

type AnyHandler = (request: unknown, requester: Requester) => Promise<unknown>;

async function openBook(
  { parts, administrators }: Pick<Assembly, 'parts' | 'administrators'>,
  uuid: string,
  logger: Logger,
): Promise<PermissionBook> {
  const book = new PermissionBook('virtualmachine', parts.store.grants(uuid), administrators);
  const loaded = await book.load();
  // Without its grants only administrators may: that is the safe side to fall to.
  if (!loaded.ok) logger.error(`STORE ${loaded.error.code}: ${loaded.error.file}`);
  return book;
}
