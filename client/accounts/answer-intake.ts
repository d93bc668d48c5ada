import type { EntityState } from '../../core/domain/entity.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import type { Action, ReplyOf } from '../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import { vmControl } from '../../core/protocol/vm-control.ts';
import type { AccountView } from '../inventory/account-view.ts';

/** By libvirt's numbers. */
const STATES: Readonly<Record<number, EntityState>> = {
  1: 'running',
  2: 'running',
  3: 'paused',
  4: 'shutting-down',
  5: 'off',
  6: 'crashed',
};

/** States that libvirt's number can say as well; others, such as "migrating", say more than it. */
const PLAIN: ReadonlySet<EntityState> = new Set<EntityState>([
  'running',
  'paused',
  'off',
  'undefined',
  'crashed',
  'available',
]);

/**
 * Takes what answers say of entities into the inventory: presences of original agents can be lost.
 * `askedAt` is when the question went out, in milliseconds since 1970: a presence that came since is
 *  what counts, since the answer may be from before it. Undefined: it came of a question that another one asked.
 */
export function takeAnswer(
  view: AccountView,
  jid: BareJid,
  action: Action,
  reply: unknown,
  askedAt: number | undefined,
): void {
  // The reply was read by the codec of this very action.
  if (action === vmControl.info && askedAt !== undefined) {
    takeInfo(view, jid, reply as ReplyOf<typeof vmControl.info>, askedAt);
  }
  if (action === hypervisorControl.rostervm) {
    takeMachines(view, jid, reply as ReplyOf<typeof hypervisorControl.rostervm>);
  }
}

function takeInfo(
  view: AccountView,
  jid: BareJid,
  info: ReplyOf<typeof vmControl.info>,
  askedAt: number,
): void {
  const shown = view.entity(jid)?.state;
  const state = info === undefined ? 'undefined' : STATES[info.state];
  if (!shown || !state || shown === state || !PLAIN.has(shown)) return;
  // Of a QEMU domain that crashed libvirt's number says that it is off.
  if (shown === 'crashed' && state === 'off') return;
  view.learnKnown(jid, { answered: { state, at: askedAt } });
}

function takeMachines(
  view: AccountView,
  hypervisor: BareJid,
  machines: ReplyOf<typeof hypervisorControl.rostervm>,
): void {
  for (const { jid, isManaged } of machines) {
    const machine = parseJid(jid)?.bare;
    if (!isManaged || machine === undefined) continue;
    if (view.facts(machine)?.listedBy !== hypervisor) {
      view.learnKnown(machine, { listedBy: hypervisor });
    }
  }
}
