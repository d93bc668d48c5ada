import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ActionFailure } from '../../core/protocol/define-action.ts';
import { writeXml } from '../../core/xml/write.ts';
import { cleaned, parseDefinition, withName } from '../machines/definition.ts';
import type { Machine } from '../machines/machine.ts';
import { isNoDomain } from '../machines/machine-presence.ts';
import { allowedName } from '../machines/machine-names.ts';
import type { Organisation } from '../store/agent-store.ts';
import { busyFailure, hostFailure, libvirtFailure } from './failures.ts';
import type { ModuleContext } from './module-context.ts';

type Outcome<T> = Promise<Result<T, ActionFailure>>;

/** Changes name and organisation of a virtual machine that is off. */
export async function changeInformation(
  context: ModuleContext,
  machine: Machine,
  wanted: string | undefined,
  organisation: Partial<Organisation>,
): Outcome<undefined> {
  const { host, settings } = context;
  if (machine.task !== undefined) return err(busyFailure(machine.task, 'setorginfo-failed'));
  const defined = await definedAndOff(context, machine);
  if (!defined.ok) return defined;
  const name = allowedName(wanted ?? '', settings.mayHoldSpaces) || machine.record.name;
  if (name !== machine.record.name) {
    const renamed = await rename(context, machine, name, defined.value);
    if (!renamed.ok) return renamed;
  }
  const kept = await host.update(machine, (record) => ({
    ...record,
    organisation: { ...record.organisation, ...organisation },
  }));
  if (!kept.ok) return err(hostFailure(kept.error, 'setorginfo-failed'));
  await machine.entity.refreshVcard();
  return ok(undefined);
}

/** Whether there is a domain; a failure when it is not off. */
async function definedAndOff({ host }: ModuleContext, machine: Machine): Outcome<boolean> {
  const info = await host.hypervisor.domains.info(machine.uuid);
  if (!info.ok) {
    return isNoDomain(info.error)
      ? ok(false)
      : err(libvirtFailure(info.error, 'setorginfo-failed'));
  }
  if (info.value.state === 'shutoff' || info.value.state === 'crashed') return ok(true);
  const text = 'The VM has to be stopped in order to change its information.';
  return err({ code: 'vm-must-be-stopped', text });
}

/** Gives a machine that is off another name: its domain is defined anew under it. */
export async function rename(
  context: ModuleContext,
  machine: Machine,
  name: string,
  isDefined: boolean,
): Outcome<undefined> {
  const { host } = context;
  const checked = await host.checkName(name, machine);
  if (!checked.ok) return err(hostFailure(checked.error, 'setorginfo-failed'));
  const refused = (running: Machine['task']) => err(busyFailure(running, 'setorginfo-failed'));
  return machine.during<Result<undefined, ActionFailure>>('renaming', refused, async () => {
    const before = machine.record.name;
    // The name is taken first: a domain could not have it back once another machine has it.
    const kept = await host.update(machine, (record) => ({ ...record, name }));
    if (!kept.ok) return err(hostFailure(kept.error, 'setorginfo-failed'));
    if (!isDefined) return ok(undefined);
    const defined = await defineAnew(context, machine, name);
    if (!defined.ok) await host.update(machine, (record) => ({ ...record, name: before }));
    return defined;
  });
}

async function defineAnew(
  context: ModuleContext,
  machine: Machine,
  name: string,
): Outcome<undefined> {
  const { domains } = context.host.hypervisor;
  const text = await domains.getXml(machine.uuid, { secure: true, inactive: true });
  if (!text.ok) return err(libvirtFailure(text.error, 'setorginfo-failed'));
  const document = parseDefinition(text.value);
  if (!document.ok) return err({ code: 'setorginfo-failed', text: document.error });
  const autostart = await domains.getAutostart(machine.uuid);
  const startsItself = autostart.ok && autostart.value;
  const gone = await domains.undefine(machine.uuid, { nvram: 'keep' });
  if (!gone.ok) return err(libvirtFailure(gone.error, 'setorginfo-failed'));
  const root = withName(cleaned(document.value.root), name);
  const defined = await machine.define(writeXml({ ...document.value, root }));
  if (!defined.ok) {
    await restore(context, machine, text.value, startsItself);
    return err(libvirtFailure(defined.error, 'setorginfo-failed'));
  }
  if (startsItself) await domains.setAutostart(machine.uuid, true);
  machine.entity.push('virtualmachine:definition', 'defined');
  return ok(undefined);
}

/** The machine must not be lost because its new name was refused. */
async function restore(
  { host }: ModuleContext,
  machine: Machine,
  text: string,
  startsItself: boolean,
): Promise<void> {
  const { uuid } = machine;
  const restored = await machine.define(text);
  if (restored.ok) {
    if (startsItself) await host.hypervisor.domains.setAutostart(uuid, true);
    return;
  }
  const why = restored.error.message;
  try {
    const path = await host.files.keepDefinition(uuid, text);
    host.logger.error(`RENAME of ${uuid} failed and libvirt has lost it (${why}); see ${path}`);
  } catch (cause) {
    host.logger.error(`RENAME of ${uuid} failed and its definition is lost: ${String(cause)}`);
  }
  await machine.refresh();
  machine.entity.push('virtualmachine:definition', 'undefined');
}
