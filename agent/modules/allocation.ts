import type { BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import { credentialsIn } from '../../core/xml/domain/credentials.ts';
import type { XmlElement } from '../../core/xml/element.ts';
import {
  nameOf,
  textOfElements,
  usesBlockDevice,
  uuidOf,
  withName,
  withUuid,
} from '../machines/definition.ts';
import type { Domains } from '../hypervisor/domains.ts';
import type { Requester } from '../entities/dispatcher.ts';
import type { HypervisorError } from '../hypervisor/hypervisor-error.ts';
import type { Machine } from '../machines/machine.ts';
import { isNoDomain } from '../machines/machine-presence.ts';
import { allowedName, unusedName } from '../machines/machine-names.ts';
import type { MachineRecord, Organisation } from '../store/agent-store.ts';
import { busyFailure, hostFailure, libvirtFailure } from './failures.ts';
import { cleanDefinition } from './clean-definition.ts';
import type { ModuleContext } from './module-context.ts';

type Outcome<T> = Promise<Result<T, ActionFailure>>;

export interface Wish {
  readonly name: string | undefined;
  readonly organisation: Partial<Organisation>;
  readonly domain: XmlElement | undefined;
  readonly requester: BareJid | undefined;
}

/** Allocates a virtual machine: account, folder, grants, and its domain when a definition is given. */
export async function allocate(context: ModuleContext, wish: Wish): Outcome<Machine> {
  const { host, settings } = context;
  const permitted = checkBlockDevices(context, wish.domain);
  if (!permitted.ok) return permitted;
  const name = await chooseName(context, wish.name);
  if (!name.ok) return name;
  return host.allocating(async () => {
    const record: MachineRecord = {
      uuid: context.newUuid(),
      name: name.value,
      password: context.newPassword(),
      createdAt: context.now().toISOString(),
      organisation: filled(settings.organisation, wish.organisation),
      tags: [],
      ...(wish.requester === undefined ? {} : { requester: wish.requester }),
    };
    const { domains } = host.hypervisor;
    if (wish.domain) {
      const own = withUuid(withName(wish.domain, record.name), record.uuid);
      const defined = await domains.defineXml(textOfElements(own));
      if (!defined.ok) return err(libvirtFailure(defined.error, 'alloc-failed'));
    }
    const machine = await admit(context, record, wish.requester);
    if (!machine.ok && wish.domain) await domains.undefine(record.uuid);
    return machine;
  });
}

/** Makes the entity of a record and gives everything on it to who asked. */
async function admit(
  { host }: ModuleContext,
  record: MachineRecord,
  requester: BareJid | undefined,
): Outcome<Machine> {
  await host.files.create(record.uuid);
  const added = await host.add(record);
  if (!added.ok) return err(hostFailure(added.error, 'alloc-failed'));
  const machine = added.value;
  if (requester !== undefined) {
    const granted = await machine.entity.permissions.change([
      { user: requester, name: 'all', isGranted: true },
    ]);
    if (!granted.ok) host.logger.error(`STORE cannot keep the grants of ${record.uuid}`);
  }
  host.entity.push('hypervisor', 'alloc');
  host.entity.shout(`${record.name} has been created.`);
  return ok(machine);
}

/**
 * The domain is forced off and undefined, then files, grants, account and nodes go; these two after the
 * answer where the machine itself was asked.
 */
export async function freeMachine(
  { host }: ModuleContext,
  machine: Machine,
  afterAnswer?: Requester['afterwards'],
): Outcome<undefined> {
  const refused = (running: Machine['task']) => err(busyFailure(running, 'free-failed'));
  return machine.during<Result<undefined, ActionFailure>>('freeing', refused, async () => {
    const gone = await removeDomain(host.hypervisor.domains, machine.uuid);
    if (!gone.ok) return gone;
    const removed = await host.remove(machine);
    if (!removed.ok) return err(hostFailure(removed.error, 'free-failed'));
    await host.files.remove(machine.uuid);
    if (!afterAnswer) await machine.entity.erase();
    host.entity.push('hypervisor', 'free');
    host.entity.shout(`${machine.record.name} has been deleted.`);
    afterAnswer?.(() => void host.leave(machine));
    return ok(undefined);
  });
}

async function removeDomain(domains: Domains, uuid: string): Outcome<undefined> {
  const refused = (error: HypervisorError): Result<undefined, ActionFailure> =>
    isNoDomain(error) ? ok(undefined) : err(libvirtFailure(error, 'free-failed'));
  const info = await domains.info(uuid);
  if (!info.ok) return refused(info.error);
  if (['running', 'blocked', 'paused', 'shutdown'].includes(info.value.state)) {
    const off = await domains.destroy(uuid);
    if (!off.ok) return refused(off.error);
  }
  const all = { managedSave: true, snapshotsMetadata: true, nvram: 'remove' } as const;
  const gone = await domains.undefine(uuid, all);
  if (gone.ok) return ok(undefined);
  // Not every driver knows of all that can belong to a domain.
  const plainly = isNoDomain(gone.error) ? gone : await domains.undefine(uuid);
  return plainly.ok ? ok(undefined) : refused(plainly.error);
}

/** Takes over an existing domain; credentials of an original agent are kept and taken out of it. */
export async function manageDomain(
  context: ModuleContext,
  uuid: string,
  requester: BareJid,
): Outcome<Machine> {
  const { host, settings } = context;
  if (host.find(uuid)) {
    return err(hostFailure({ code: 'already-managed', uuid }, 'manage-failed'));
  }
  const found = await host.hypervisor.domains.lookupByUuid(uuid);
  if (!found.ok) return err(libvirtFailure(found.error, 'manage-failed'));
  const folded = found.value.name.toLowerCase();
  if (host.machines().some(({ record }) => record.name.toLowerCase() === folded)) {
    const taken = { code: 'name-taken', name: found.value.name, byManaged: true } as const;
    return err(hostFailure(taken, 'manage-failed'));
  }
  const cleanedUp = await cleanDefinition(context, uuid);
  if (!cleanedUp.ok) return cleanedUp;
  const record: MachineRecord = {
    uuid,
    name: found.value.name,
    password: cleanedUp.value ?? context.newPassword(),
    createdAt: context.now().toISOString(),
    organisation: settings.organisation,
    requester,
    tags: [],
  };
  return admit(context, record, requester);
}

/** Takes over a stopped virtual machine that its hypervisor sends with its credentials. */
export async function receiveMachine(
  context: ModuleContext,
  domain: XmlElement,
  sender: BareJid,
): Outcome<undefined> {
  const { host, settings } = context;
  const credentials = credentialsIn(domain);
  const uuid = uuidOf(domain)?.toLowerCase();
  const name = nameOf(domain);
  if (!credentials || uuid === undefined || name === undefined) {
    return err({
      code: 'soft-alloc-failed',
      text: 'The domain carries no credentials, UUID or name',
    });
  }
  // Anybody can have an account that looks like a machine's, so it takes a grant as well.
  const mayArrive = host.entity.permissions.isGranted(sender, 'alloc');
  if (credentials.jid !== sender || sender !== host.jidOf(uuid) || !mayArrive) {
    const text = `${sender} may not arrive here: it must send itself and hold the permission alloc`;
    return err({ code: 'soft-alloc-failed', text });
  }
  const acceptable = await checkArrival(context, domain, uuid, name);
  if (!acceptable.ok) return acceptable;
  const { password } = credentials;
  return settle(context, domain, {
    uuid,
    name,
    password,
    createdAt: context.now().toISOString(),
    organisation: settings.organisation,
    tags: [],
  });
}

/** Defines what has arrived and manages it, or does neither. */
async function settle(
  { host }: ModuleContext,
  domain: XmlElement,
  record: MachineRecord,
): Outcome<undefined> {
  const { domains } = host.hypervisor;
  const defined = await domains.defineXml(textOfElements(domain));
  if (!defined.ok) return err(libvirtFailure(defined.error, 'soft-alloc-failed'));
  const added = await host.add(record);
  if (!added.ok) {
    await domains.undefine(record.uuid, { nvram: 'keep' });
    return err(hostFailure(added.error, 'soft-alloc-failed'));
  }
  host.entity.push('hypervisor', 'migrate');
  host.entity.shout(`${record.name} has arrived.`);
  return ok(undefined);
}

/** Before anything is defined, so that nothing that was there is overwritten by an arrival. */
async function checkArrival(
  context: ModuleContext,
  domain: XmlElement,
  uuid: string,
  name: string,
): Outcome<undefined> {
  const { host } = context;
  const failed = 'soft-alloc-failed';
  const permitted = checkBlockDevices(context, domain);
  if (!permitted.ok) return permitted;
  if (host.find(uuid)) return err(hostFailure({ code: 'already-managed', uuid }, failed));
  const found = await host.hypervisor.domains.lookupByUuid(uuid);
  if (found.ok) return err({ code: failed, text: `There is a domain with UUID ${uuid} already` });
  if (!isNoDomain(found.error)) return err(libvirtFailure(found.error, failed));
  const checked = await host.checkName(name);
  return checked.ok ? checked : err(hostFailure(checked.error, failed));
}

function checkBlockDevices(
  { settings }: ModuleContext,
  domain: XmlElement | undefined,
): Result<undefined, ActionFailure> {
  if (!domain || settings.mayUseBlockDevices || !usesBlockDevice(domain)) return ok(undefined);
  const text = "The agent policy doesn't allow to use block devices.";
  return err({ code: 'block-devices-forbidden', text });
}

async function chooseName({ host, settings, random }: ModuleContext, wish = ''): Outcome<string> {
  const wanted = allowedName(wish, settings.mayHoldSpaces);
  if (wanted === '') {
    const taken = new Set([
      ...host.machines().map(({ record }) => record.name.toLowerCase()),
      ...(await host.strangers()).map(({ name }) => name.toLowerCase()),
    ]);
    return ok(unusedName(settings.names, (name) => taken.has(name.toLowerCase()), random));
  }
  const checked = await host.checkName(wanted);
  return checked.ok ? ok(wanted) : err(hostFailure(checked.error, 'alloc-failed'));
}

/** An empty field counts as not given. */
function filled(defaults: Organisation, given: Partial<Organisation>): Organisation {
  const entries = Object.entries(given).filter(([, value]) => value !== '');
  return { ...defaults, ...Object.fromEntries(entries) };
}
