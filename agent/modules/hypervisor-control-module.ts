import { isUuid } from '../../core/domain/uuid.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure, ActionHandlers } from '../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import { given } from './given.ts';
import { serve, type Requester, type ServedGroup } from '../entities/dispatcher.ts';
import { parseDefinition } from '../machines/definition.ts';
import type { Machine } from '../machines/machine.ts';
import { allocate, freeMachine, manageDomain, receiveMachine } from './allocation.ts';
import { cloneMachine } from './cloning.ts';
import { busyFailure, hostFailure, libvirtFailure } from './failures.ts';
import { addressOf } from './host-address.ts';
import type { ModuleContext } from './module-context.ts';
import { changeInformation } from './renaming.ts';

type Outcome<T> = Promise<Result<T, ActionFailure>>;

export type HypervisorControlHandlers = ActionHandlers<typeof hypervisorControl, Requester>;

/** What a hypervisor does with its virtual machines (protocol: hypervisor control). */
export function hypervisorControlModule(handlers: HypervisorControlHandlers): ServedGroup {
  return serve(hypervisorControl, handlers);
}

/** What carries out the orders, for requests and for chat. */
export function hypervisorControlHandlers(context: ModuleContext): HypervisorControlHandlers {
  const { host } = context;
  return {
    alloc: async ({ name, domain, ...organisation }, { jid, made }) => {
      const wish = { name, domain, organisation: given(organisation), requester: jid };
      const machine = await allocate(context, wish);
      if (!machine.ok) return machine;
      made(machine.value.jid);
      return ok({ jid: machine.value.jid });
    },
    free: async ({ jid }) => {
      const machine = host.findByJid(jid);
      if (!machine) return unknown(jid);
      const freed = await freeMachine(context, machine);
      return freed.ok ? ok({ jid }) : freed;
    },
    rostervm: async () => ok(await listMachines(context)),
    clone: async ({ jid, name }, requester) => {
      const machine = host.findByJid(jid);
      if (!machine) return unknown(jid);
      // The copy is wholly the requester's, and so is then all that the original holds.
      if (!machine.entity.permissions.isGranted(requester.jid, 'xmldesc')) {
        return err({ code: 'permission-denied' });
      }
      return cloneMachine(context, machine, name, requester);
    },
    ip: async () => ok(addressOf(context.settings)),
    migrationinfo: async (_request, requester) => migrationInfo(context, requester),
    soft_alloc: async ({ domain }, { jid }) => receiveMachine(context, domain, jid),
    capabilities: () => capabilities(context),
    nodeinfo: () => nodeInformation(context),
    manage: ({ machines }, { jid }) =>
      manageAll(
        context,
        machines.map((one) => nodeOf(one.jid)),
        jid,
      ),
    unmanage: async ({ machines }) =>
      unmanage(
        context,
        machines.map(({ jid }) => jid),
      ),
    setorginfo: async ({ target, name, ...organisation }) => {
      const machine = host.find(target);
      if (!machine) return err(hostFailure({ code: 'unknown', uuid: target }, 'setorginfo-failed'));
      const changed = await changeInformation(context, machine, name, given(organisation));
      return changed.ok ? ok({ jid: machine.entity.fullJid }) : changed;
    },
  };
}

async function capabilities({ host }: ModuleContext): Outcome<XmlElement> {
  const text = await host.hypervisor.capabilities();
  if (!text.ok) return err(libvirtFailure(text.error, 'capabilities-failed'));
  const document = parseDefinition(text.value);
  if (document.ok) return ok(document.value.root);
  return err({ code: 'capabilities-failed', text: document.error });
}

async function nodeInformation({ host }: ModuleContext) {
  const node = await host.hypervisor.nodeInfo();
  if (!node.ok) return err(libvirtFailure(node.error, 'nodeinfo-failed'));
  const { memoryKiB, mhz, ...rest } = node.value;
  return ok({ ...rest, memoryMib: Math.floor(memoryKiB / 1024), cpuMhz: mhz });
}

async function manageAll(
  context: ModuleContext,
  uuids: readonly string[],
  requester: BareJid,
): Outcome<undefined> {
  for (const uuid of uuids) {
    const managed = await manageDomain(context, uuid, requester);
    if (!managed.ok) return managed;
  }
  context.host.entity.push('hypervisor', 'manage');
  return ok(undefined);
}

/** Managed machines by full JID, and the domains that nobody manages by bare JID. */
async function listMachines({ host }: ModuleContext) {
  const managed = host.machines().map((machine) => ({
    jid: machine.entity.fullJid,
    isManaged: true,
    name: machine.record.name,
  }));
  const strangers = (await host.strangers()).map(({ uuid, name }) => ({
    jid: host.jidOf(uuid),
    isManaged: false,
    name,
  }));
  return [...managed, ...strangers].sort((left, right) => left.jid.localeCompare(right.jid));
}

async function unmanage({ host }: ModuleContext, jids: readonly string[]): Outcome<undefined> {
  const machines: Machine[] = [];
  for (const jid of jids) {
    const machine = host.findByJid(jid);
    if (!machine) {
      const text = `Virtual machine with JID ${jid} is not managed by Archipel`;
      return err({ code: 'vm-not-managed', text });
    }
    if (machine.task !== undefined) return err(busyFailure(machine.task, 'unmanage-failed'));
    machines.push(machine);
  }
  for (const machine of machines) {
    const removed = await host.remove(machine);
    if (!removed.ok) return err(hostFailure(removed.error, 'unmanage-failed'));
    await machine.entity.erase();
  }
  host.entity.push('hypervisor', 'unmanage');
  return ok(undefined);
}

/**
 * Only own virtual machines, those among the contacts and who was granted it get an answer: anybody
 * can have an account that looks like a machine’s.
 */
async function migrationInfo(context: ModuleContext, requester: Requester) {
  const { host, settings } = context;
  const { jid } = requester;
  const isContact = isUuid(nodeOf(jid)) && host.entity.roster.items.has(jid);
  const isKnown = isContact || host.findByJid(jid)?.jid === jid;
  if (!isKnown && !host.entity.permissions.isGranted(jid, 'migrationinfo')) {
    return err({ code: 'permission-denied' } as const);
  }
  const uri =
    settings.migrationUri ?? settings.libvirtUri.replace('///', `//${addressOf(settings)}/`);
  return ok({ libvirtUri: uri, baseFolder: settings.baseFolder });
}

function nodeOf(jid: string): string {
  return parseJid(jid)?.node ?? jid;
}

function unknown(jid: string) {
  return err({ code: 'vm-unknown', text: `No VM with UUID ${nodeOf(jid)}` } as const);
}
