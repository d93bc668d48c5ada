import * as v from 'valibot';
import { parseJid } from '../../core/domain/jid.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import { nodesBefore } from '../journal/hypervisor-evidence.ts';
import type { JournalEntry } from '../journal/journal-entry.ts';
import type { CommandLink } from './command-context.ts';
import { recogniseBeside } from './new-machine.ts';

type Link = Pick<CommandLink, 'ask' | 'contacts' | 'desk'>;

const Named = v.object({ name: v.optional(v.string(), '') });
const Listed = v.object({ machines: v.array(v.object({ jid: v.string() })) });

/**
 * Goes on with a command whose order turned out later to have been carried out: the command itself had
 * ended by then, without knowing. The link need not be online.
 */
export function carryOn(entry: JournalEntry, link: Link | undefined): void {
  if (!link) return;
  const { free } = vmControl;
  const { alloc, clone, manage } = hypervisorControl;
  if (isOf(entry, free)) void link.contacts.leave(entry.jid);
  if (isOf(entry, alloc) || isOf(entry, clone)) expectMade(entry, link);
  if (isOf(entry, manage)) expectManaged(entry, link);
}

/** The machine that was made asks for its subscription, or has asked before. */
function expectMade({ jid: hypervisor, input, baseline }: JournalEntry, link: Link): void {
  const named = v.safeParse(Named, input);
  const known = nodesBefore(baseline);
  if (!named.success || !known) return;
  link.desk.expect(recogniseBeside(link, { hypervisor, name: named.output.name }, known));
}

function expectManaged({ input }: JournalEntry, { desk }: Link): void {
  const listed = v.safeParse(Listed, input);
  if (!listed.success) return;
  for (const { jid } of listed.output.machines) {
    const bare = parseJid(jid)?.bare;
    if (bare !== undefined) desk.expect({ jid: bare });
  }
}

interface ActionName {
  readonly namespace: string;
  readonly name: string;
}

function isOf({ namespace, action }: JournalEntry, { namespace: of, name }: ActionName): boolean {
  return namespace === of && action === name;
}
