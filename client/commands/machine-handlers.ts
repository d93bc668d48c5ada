import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { Entity } from '../../core/domain/entity.ts';
import { err, ok } from '../../core/lib/result.ts';
import type { Action } from '../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import { vmDefinition } from '../../core/protocol/vm-definition.ts';
import { given } from '../given.ts';
import {
  done,
  DONE,
  onEntity,
  type CommandContext,
  type CommandHandlers,
} from './command-context.ts';
import { isCandidate, machineOf, nodesOn } from './new-machine.ts';

/** Gives an order without input to the machine itself. */
function plain(action: Action<object, unknown, 'set'>) {
  return onEntity<object>(({ context, link, target }) =>
    done(link.order(action, target.jid, {}, context)),
  );
}

type Machines = Exclude<
  Extract<keyof CommandHandlers, `vm.${string}` | `hypervisor.${string}`>,
  'vm.send-keys' | `vm.${string}-keymap`
>;

export const machineHandlers: Pick<CommandHandlers, Machines> = {
  'vm.start': plain(vmControl.create),
  'vm.pause': plain(vmControl.suspend),
  'vm.resume': plain(vmControl.resume),
  'vm.shut-down': plain(vmControl.shutdown),
  'vm.reboot': plain(vmControl.reboot),
  'vm.force-off': plain(vmControl.destroy),
  'vm.undefine': plain(vmDefinition.undefine),

  'vm.set-memory': onEntity(({ context, link, target }, { kib }) =>
    done(link.order(vmControl.memory, target.jid, { memoryKib: kib }, context)),
  ),
  'vm.set-processors': onEntity(({ context, link, target }, { count }) =>
    done(link.order(vmControl.setvcpus, target.jid, { vcpus: count }, context)),
  ),
  'vm.set-autostart': onEntity(({ context, link, target }, { on }) =>
    done(link.order(vmControl.autostart, target.jid, { value: on }, context)),
  ),

  'hypervisor.new-vm': onEntity(async ({ context, link, target }, input) => {
    const made = await link.order(hypervisorControl.alloc, target.jid, filled(input), context);
    if (!made.ok) return made;
    const jid = machineOf(target.jid, made.value.jid);
    if (jid !== undefined) link.desk.expect({ jid });
    return ok(given({ note: jid }));
  }),

  'vm.clone': onEntity(async ({ context, link, target }, { name }) => {
    const hypervisor = hypervisorOf(context, target);
    if (hypervisor === undefined) return err({ code: 'not-found', what: target.name });
    const known = await nodesOn(link, hypervisor);
    const isIt = async (machine: BareJid): Promise<boolean> =>
      known !== undefined && isCandidate(link, { hypervisor, name, known }, machine);
    // It may ask before the answer comes. Without an answer it is found out later what was made.
    const forget = link.desk.expect({ isIt });
    const input = { jid: target.jid, ...filled({ name }) };
    const made = await link.order(hypervisorControl.clone, hypervisor, input, context);
    if (!made.ok) forget();
    return done(Promise.resolve(made));
  }),

  'vm.edit-information': onEntity(async ({ context, link, target }, input) => {
    const hypervisor = hypervisorOf(context, target);
    const uuid = parseJid(target.jid)?.node;
    if (hypervisor === undefined || uuid === undefined) {
      return err({ code: 'not-found', what: target.name });
    }
    const order = { target: uuid, ...input };
    const changed = await link.order(hypervisorControl.setorginfo, hypervisor, order, context);
    if (!changed.ok) return changed;
    link.refreshVcard(target.jid);
    if (input.name === target.name) return DONE;
    // The roster keeps a name of its own, which would go on showing the old one.
    return done(link.contacts.set(target.jid, input.name, target.groups));
  }),

  'hypervisor.manage': onEntity(async ({ context, link, target }, { uuids }) => {
    const domain = parseJid(target.jid)?.domain ?? '';
    const machines = uuids.map((uuid) => ({ jid: `${uuid}@${domain}` }));
    const forget = machines.flatMap(({ jid }) => {
      const bare = parseJid(jid)?.bare;
      return bare === undefined ? [] : [link.desk.expect({ jid: bare })];
    });
    const managed = await link.order(hypervisorControl.manage, target.jid, { machines }, context);
    if (!managed.ok) for (const each of forget) each();
    return done(Promise.resolve(managed));
  }),

  'vm.unmanage': onEntity(async ({ context, link, target }) => {
    const hypervisor = hypervisorOf(context, target);
    if (hypervisor === undefined) return err({ code: 'not-found', what: target.name });
    const machines = [{ jid: target.jid }];
    const released = await link.order(
      hypervisorControl.unmanage,
      hypervisor,
      { machines },
      context,
    );
    return released.ok ? done(link.contacts.remove(target.jid)) : released;
  }),

  'vm.delete': onEntity(async ({ context, link, target }) => {
    const freed = await link.order(vmControl.free, target.jid, {}, context);
    if (!freed.ok) return freed;
    await link.contacts.leave(target.jid);
    return DONE;
  }),
};

function hypervisorOf(context: CommandContext, { hypervisor }: Entity): BareJid | undefined {
  return hypervisor === undefined ? undefined : context.entity(hypervisor)?.jid;
}

/** Only what was filled in: the hypervisor chooses the rest. */
function filled<T extends Readonly<Record<string, string | undefined>>>(input: T) {
  const entries = Object.entries(input).map(([name, text]) => [name, text || undefined] as const);
  return given(Object.fromEntries(entries) as T);
}
