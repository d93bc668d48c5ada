import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { ReplyOf } from '../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import type { OrderedMachine } from '../inventory/expected-machines.ts';
import { isNamed } from '../journal/hypervisor-evidence.ts';
import type { CommandLink } from './command-context.ts';

type Listed = ReplyOf<typeof hypervisorControl.rostervm>[number];

/** What was ordered: the name is empty where it was left to the hypervisor. */
interface NewMachine {
  readonly hypervisor: BareJid;
  readonly name: string;
}

/**
 * How the machine is recognised that an order is about to make, whose JID nobody knows yet: the
 * hypervisor that was given the order lists it afterwards, under the wanted name if there is one, and
 * did not list it before. Undefined where the hypervisor does not say what it has.
 */
export async function recogniseNew(
  link: Pick<CommandLink, 'ask'>,
  ordered: NewMachine,
): Promise<OrderedMachine | undefined> {
  const before = await managedBy(link, ordered.hypervisor);
  return before && recogniseBeside(link, ordered, new Set(before.map(({ jid }) => nodeOf(jid))));
}

/** The same for an order whose hypervisor had those machines before, by the first part of their JIDs. */
export function recogniseBeside(
  link: Pick<CommandLink, 'ask'>,
  { hypervisor, name }: NewMachine,
  known: ReadonlySet<string>,
): OrderedMachine {
  return {
    hypervisor,
    find: async () => {
      const listed = (await managedBy(link, hypervisor)) ?? [];
      const named = listed.filter((one) => isNamed(one.name ?? '', name));
      return new Set(named.map(({ jid }) => nodeOf(jid)).filter((node) => !known.has(node)));
    },
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
