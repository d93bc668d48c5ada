import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { Result } from '../../core/lib/result.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import { nodesBefore } from '../journal/hypervisor-evidence.ts';
import type { JournalEntry } from '../journal/journal-entry.ts';
import type { CommandLink } from './command-context.ts';
import { candidatesOf, machineOf } from './new-machine.ts';

type Link = Pick<CommandLink, 'ask' | 'contacts' | 'desk' | 'refreshVcard'>;
type FollowUp = (link: Link, entry: JournalEntry, made: string | undefined) => Promise<boolean>;

const Named = v.object({ name: v.optional(v.string(), '') });
const Listed = v.object({ machines: v.array(v.object({ jid: v.string() })) });
const Described = v.object({ target: v.string(), name: v.optional(v.string()) });

/** What the commands of the table do once their order was carried out, by its action. */
const FOLLOW_UPS: ReadonlyMap<string, FollowUp> = new Map<string, FollowUp>([
  [keyOf(vmControl.free), (link, { jid }) => left(link, [jid])],
  [keyOf(hypervisorControl.alloc), letIn],
  [keyOf(hypervisorControl.clone), letIn],
  [keyOf(hypervisorControl.manage), letInListed],
  [keyOf(hypervisorControl.unmanage), (link, entry) => left(link, listed(entry))],
  [keyOf(hypervisorControl.setorginfo), renamed],
]);

/**
 * Goes on with a command whose order turned out to have been carried out: the command itself had ended
 * by then, without knowing. `made`: the machine that it made, where its hypervisor says so. False where the link
 * broke over it: then all of it is to be tried again.
 */
export async function carryOn(
  entry: JournalEntry,
  made: string | undefined,
  link: Link | undefined,
): Promise<boolean> {
  const followUp = FOLLOW_UPS.get(keyOf({ namespace: entry.namespace, name: entry.action }));
  if (!followUp) return true;
  return link !== undefined && followUp(link, entry, made);
}

/** Takes contacts out of the roster that are gone. */
async function left(link: Link, jids: readonly BareJid[]): Promise<boolean> {
  const removed = await Promise.all(jids.map((jid) => link.contacts.remove(jid)));
  return removed.every(isOver);
}

/** Lets the machine in that was made; where several may be it, the user is asked as of any other. */
async function letIn(
  link: Link,
  { jid: hypervisor, input, baseline, sentAt }: JournalEntry,
  made: string | undefined,
): Promise<boolean> {
  const machine = made === undefined ? undefined : machineOf(hypervisor, made);
  if (machine !== undefined) link.desk.expectSince(machine, sentAt);
  const named = v.safeParse(Named, input);
  const known = nodesBefore(baseline);
  if (made !== undefined || !named.success || !known) return true;
  const candidates = await candidatesOf(link, { hypervisor, name: named.output.name, known });
  const [only, ...others] = candidates.ok ? candidates.value : [];
  if (only !== undefined && others.length === 0) link.desk.expectSince(only, sentAt);
  return isOver(candidates);
}

async function letInListed(link: Link, entry: JournalEntry): Promise<boolean> {
  for (const jid of listed(entry)) link.desk.expectSince(jid, entry.sentAt);
  return true;
}

async function renamed(link: Link, { jid: hypervisor, input }: JournalEntry): Promise<boolean> {
  const read = v.safeParse(Described, input);
  if (!read.success) return true;
  const machine = parseJid(`${read.output.target}@${parseJid(hypervisor)?.domain ?? ''}`)?.bare;
  if (machine === undefined) return true;
  link.refreshVcard(machine);
  const { name } = read.output;
  return name === undefined || isOver(await link.contacts.rename(machine, name));
}

function listed({ input }: JournalEntry): readonly BareJid[] {
  const read = v.safeParse(Listed, input);
  const machines = read.success ? read.output.machines : [];
  return machines.flatMap(({ jid }) => parseJid(jid)?.bare ?? []);
}

/** What was refused is so the next time. */
function isOver(outcome: Result<unknown, AppError>): boolean {
  if (outcome.ok) return true;
  return ['denied', 'refused', 'unsupported', 'not-found'].includes(outcome.error.code);
}

function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace} ${name}`;
}
