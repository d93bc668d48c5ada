import type { AppError } from '../../core/contract/app-error.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { ok, type Result } from '../../core/lib/result.ts';
import type { ReplyOf } from '../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import { isMachineJid } from '../inventory/entity-kind.ts';
import { isNamed } from '../journal/hypervisor-evidence.ts';
import type { CommandLink } from './command-context.ts';

type Listed = ReplyOf<typeof hypervisorControl.rostervm>[number];
type Link = Pick<CommandLink, 'ask'>;

/** An order that makes a machine: the name is empty where it was left to the hypervisor. */
export interface NewMachine {
  readonly hypervisor: BareJid;
  readonly name: string;
  /** The first parts of the JIDs of what it had before. */
  readonly known: ReadonlySet<string>;
}

/** What a hypervisor has before it makes a machine; undefined where it does not say so. */
export async function nodesOn(
  link: Link,
  hypervisor: BareJid,
): Promise<ReadonlySet<string> | undefined> {
  const listed = await managedBy(link, hypervisor);
  return listed.ok ? new Set(listed.value.map(({ jid }) => nodeOf(jid))) : undefined;
}

/**
 * The machines that such an order may have made, whose JID nobody has told: the hypervisor that was
 * given it lists them by now, under the wanted name if there is one, and did not list them before.
 */
export async function candidatesOf(
  link: Link,
  { hypervisor, name, known }: NewMachine,
): Promise<Result<readonly BareJid[], AppError>> {
  const listed = await managedBy(link, hypervisor);
  if (!listed.ok) return listed;
  const fresh = listed.value.filter((one) => {
    return !known.has(nodeOf(one.jid)) && isNamed(one.name ?? '', name);
  });
  return ok(fresh.flatMap(({ jid }) => machineOf(hypervisor, jid) ?? []));
}

/** Whether this machine may be the one, as its hypervisor says by now. */
export async function isCandidate(
  link: Link,
  made: NewMachine,
  machine: BareJid,
): Promise<boolean> {
  // Nobody else is worth a question.
  if (machineOf(made.hypervisor, machine) === undefined) return false;
  const candidates = await candidatesOf(link, made);
  return candidates.ok && candidates.value.includes(machine);
}

/** The machine of that JID, where it can be one of this hypervisor: machines are at home where it is. */
export function machineOf(hypervisor: BareJid, jid: string): BareJid | undefined {
  const machine = parseJid(jid)?.bare;
  const isHere = parseJid(jid)?.domain === parseJid(hypervisor)?.domain;
  return machine !== undefined && isHere && isMachineJid(machine) ? machine : undefined;
}

async function managedBy(
  link: Link,
  hypervisor: BareJid,
): Promise<Result<readonly Listed[], AppError>> {
  const listed = await link.ask(hypervisorControl.rostervm, hypervisor, {});
  return listed.ok ? ok(listed.value.filter(({ isManaged }) => isManaged)) : listed;
}

function nodeOf(jid: string): string {
  return parseJid(jid)?.node ?? jid;
}
