import { randomInt, randomUUID } from 'node:crypto';
import { parseJid } from '../core/domain/jid.ts';
import { ok, type Result } from '../core/lib/result.ts';
import type { StorageFault } from '../node/storage/stored-format.ts';
import type { AgentParts, Assembly } from './assembly/agent-parts.ts';
import { ownCentralAgent } from './assembly/own-central-agent.ts';
import { makeHypervisorEntity } from './assembly/hypervisor-entity.ts';
import { makeMachineEntity } from './assembly/machine-entity.ts';
import { rootAdministrators } from './assembly/root-administrators.ts';
import { makeConsoles, type Consoles } from './consoles/consoles.ts';
import { Administrators } from './entities/administrators.ts';
import { HypervisorHost } from './machines/hypervisor-host.ts';
import { cleanDefinition } from './modules/clean-definition.ts';
import { moduleSettings, type ModuleContext } from './modules/module-context.ts';

/** An agent at work. */
export interface Agent {
  readonly host: HypervisorHost;
  /** Goes offline with all entities; what they own stays for the next start. */
  stop(): Promise<void>;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * Brings a hypervisor and its virtual machines online, on whatever it is given for server,
 * hypervisor and store. It fails only when it cannot know which machines it had: without them it
 * would leave them offline, and forget them at the next change.
 */
export async function startAgent(parts: AgentParts): Promise<Result<Agent, StorageFault>> {
  const { configuration, store, statistics } = parts;
  const records = await store.machines.load();
  if (!records.ok) return records;
  const logger = parts.log.loggerOf(configuration.values.HYPERVISOR.hypervisor_xmpp_jid);
  for (const warning of configuration.warnings) logger.warning(`CONFIGURATION ${warning}`);
  for (const { id, isLoaded, reason } of configuration.modules) {
    if (isLoaded) logger.info(`MODULE ${id} is loaded`);
    else logger.warning(`MODULE ${id} is not loaded: ${reason ?? ''}`);
  }
  const host = new HypervisorHost({
    hypervisor: parts.hypervisor,
    store,
    files: parts.files,
    logger,
    domain: domainOf(parts),
    now: parts.now,
    createEntity: async (machine, invite) => makeMachineEntity(assembly, machine, invite),
  });
  const consoles = await makeConsoles(host, parts);
  const assembly: Assembly = {
    parts,
    context: contextOf(parts, host, consoles),
    administrators: new Administrators(rootAdministrators(configuration)),
  };
  const stopMeasuring = statistics.start((uuid) => host.find(uuid) !== undefined);
  const stopForgetting = host.onMachine((machine, isManaged) => {
    if (!isManaged) statistics.past.forget(machine.uuid);
  });
  await host.start(await makeHypervisorEntity(assembly), records.value ?? []);
  const stopProxies = consoles?.proxies.start();
  const stopCleaning = keepDefinitionsClean(assembly.context);
  return ok({
    host,
    stop: async () => {
      stopMeasuring();
      stopForgetting();
      stopCleaning();
      await stopProxies?.();
      await host.stop();
    },
  });
}

/** Takes old credentials out of the definitions of managed machines, now and whenever libvirt comes back. */
function keepDefinitionsClean(context: ModuleContext): () => void {
  const { hypervisor, logger } = context.host;
  const cleanAll = async (): Promise<void> => {
    for (const { uuid } of context.host.machines()) {
      const cleaned = await cleanDefinition(context, uuid);
      if (cleaned.ok && cleaned.value !== undefined) {
        logger.info(`CREDENTIALS were taken out of the definition of ${uuid}`);
      }
    }
  };
  void cleanAll();
  return hypervisor.onConnection(({ state }) => {
    if (state === 'connected') void cleanAll();
  });
}

function contextOf(
  parts: AgentParts,
  host: HypervisorHost,
  consoles: Consoles | undefined,
): ModuleContext {
  const { values, modules } = parts.configuration;
  const { statistics, now, random, avatars, log } = parts;
  return {
    host,
    settings: moduleSettings(values, parts.names),
    modules,
    statistics,
    now,
    random,
    newUuid: randomUUID,
    newPassword: () => newPassword(values.VIRTUALMACHINE.xmpp_password_size),
    avatars,
    logs: log.tail,
    consoles,
    centralAgent: values.XMPPSERVER.central_agent ?? ownCentralAgent(parts),
  };
}

/** The XMPP domain of the hypervisor's account, which is that of its machines as well. */
function domainOf({ configuration }: AgentParts): string {
  const { hypervisor_xmpp_jid: jid } = configuration.values.HYPERVISOR;
  return parseJid(jid)?.domain ?? configuration.values.DEFAULT.xmpp_server;
}

function newPassword(size: number): string {
  return Array.from({ length: size }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
