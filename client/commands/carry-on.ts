import * as v from 'valibot';
import { parseJid } from '../../core/domain/jid.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import { nodesBefore } from '../journal/hypervisor-evidence.ts';
import type { CarriedOut } from '../journal/reconciler.ts';
import type { CommandLink } from './command-context.ts';
import { candidatesOf, machineOf } from './new-machine.ts';

type Link = Pick<CommandLink, 'ask' | 'contacts' | 'desk'>;
type FollowUp = (link: Link, found: CarriedOut) => Promise<void> | void;

/** For how long after an order what is new on its hypervisor is taken for what it made. */
const GUESSED_FOR_MS = 30 * 60_000;

const Named = v.object({ name: v.pipe(v.string(), v.trim(), v.nonEmpty()) });
const Listed = v.object({ machines: v.array(v.object({ jid: v.string() })) });

const FOLLOW_UPS: ReadonlyMap<string, FollowUp> = new Map<string, FollowUp>([
  [keyOf(vmControl.free), (link, { entry }) => link.contacts.leave(entry.jid)],
  [keyOf(hypervisorControl.alloc), letIn],
  [keyOf(hypervisorControl.clone), letIn],
  [keyOf(hypervisorControl.manage), letInListed],
]);

/**
 * What is left to do of a command whose order turned out later to have been carried out, for it had ended
 * by then without knowing: what it deleted leaves the roster, once the link is back where it is broken, and
 * what it made or took over is let in. A guess for which nobody can be asked is not made later.
 */
export async function carryOn(found: CarriedOut, link: Link | undefined): Promise<void> {
  const { namespace, action: name } = found.entry;
  if (link) await FOLLOW_UPS.get(keyOf({ namespace, name }))?.(link, found);
}

/** Where nobody says what was made it is guessed, and of several that it may be the user is asked. */
async function letIn(link: Link, { entry, made, at }: CarriedOut): Promise<void> {
  const { jid: hypervisor, input, baseline, sentAt } = entry;
  if (made !== undefined) {
    const machine = machineOf(hypervisor, made);
    if (machine !== undefined) link.desk.expectSince(machine, sentAt);
    return;
  }
  const named = v.safeParse(Named, input);
  const known = nodesBefore(baseline);
  if (!named.success || !known || at - sentAt > GUESSED_FOR_MS) return;
  const candidates = await candidatesOf(link, { hypervisor, name: named.output.name, known });
  const [only, ...others] = candidates.ok ? candidates.value : [];
  if (only !== undefined && others.length === 0) link.desk.expectSince(only, sentAt);
}

function letInListed({ desk }: Link, { entry: { input, sentAt } }: CarriedOut): void {
  const listed = v.safeParse(Listed, input);
  for (const { jid } of listed.success ? listed.output.machines : []) {
    const machine = parseJid(jid)?.bare;
    if (machine !== undefined) desk.expectSince(machine, sentAt);
  }
}

function keyOf({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  return `${namespace} ${name}`;
}
