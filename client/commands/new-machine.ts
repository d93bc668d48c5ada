import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { ReplyOf } from '../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import { isNamed } from '../journal/hypervisor-evidence.ts';
import type { CommandLink } from './command-context.ts';

type Listed = ReplyOf<typeof hypervisorControl.rostervm>[number];

/** Says whether a machine is the one that an order made. */
export type Recognise = (machine: BareJid) => Promise<boolean>;

/**
 * How the machine is recognised that an order is about to make, whose JID nobody knows yet: the
 * hypervisor that was given the order lists it afterwards, under the wanted name if there is one, and
 * did not list it before. Nothing is recognised where the hypervisor does not say what it has.
 */
export async function recogniseNew(
  link: Pick<CommandLink, 'ask'>,
  hypervisor: BareJid,
  name: string,
): Promise<Recognise> {
  const before = await managedBy(link, hypervisor);
  if (!before) return async () => false;
  const known = new Set(before.map(({ jid }) => nodeOf(jid)));
  return async (machine) => {
    const node = nodeOf(machine);
    if (known.has(node)) return false;
    const found = (await managedBy(link, hypervisor))?.find(({ jid }) => nodeOf(jid) === node);
    return found !== undefined && isNamed(found.name ?? '', name);
  };
}

async function managedBy(
  link: Pick<CommandLink, 'ask'>,
  hypervisor: BareJid,
): Promise<readonly Listed[] | undefined> {
  const listed = await link.ask(hypervisorControl.rostervm, hypervisor, {});
  return listed.ok ? listed.value.filter(({ isManaged }) => isManaged) : undefined;
}

function nodeOf(jid: string): string {
  return parseJid(jid)?.node ?? jid;
}
