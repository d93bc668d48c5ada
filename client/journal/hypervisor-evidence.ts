import * as v from 'valibot';
import type { AppError } from '../../core/contract/app-error.ts';
import { parseJid, type BareJid } from '../../core/domain/jid.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { ReplyOf } from '../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../core/protocol/hypervisor-control.ts';
import { firstChild } from '../../core/protocol/stanza-content.ts';
import { readerOf } from '../../core/xml/reader.ts';
import type { Asker, EvidenceTable, Finding } from './evidence.ts';

type Listed = ReplyOf<typeof hypervisorControl.rostervm>[number];

async function managed(
  asker: Asker,
  hypervisor: BareJid,
): Promise<Result<readonly Listed[], AppError>> {
  const list = await asker.ask(hypervisorControl.rostervm, hypervisor, {});
  return list.ok ? ok(list.value.filter((one) => one.isManaged)) : err(list.error);
}

/** Whether a hypervisor has a virtual machine of that JID. */
export async function isListed(
  asker: Asker,
  hypervisor: BareJid,
  machine: BareJid,
): Promise<Result<boolean, AppError>> {
  const list = await managed(asker, hypervisor);
  return list.ok ? ok(list.value.some((one) => nodeOf(one.jid) === nodeOf(machine))) : list;
}

const Nodes = v.array(v.string());

/** The machines there are before one is added. */
async function nodesOf(asker: Asker, hypervisor: BareJid): Promise<readonly string[] | undefined> {
  const list = await managed(asker, hypervisor);
  return list.ok ? list.value.map((one) => nodeOf(one.jid)) : undefined;
}

/** Of an order that adds a machine, what there was before, by the first parts of the JIDs. */
export function nodesBefore(baseline: unknown): ReadonlySet<string> | undefined {
  const before = v.safeParse(Nodes, baseline);
  return before.success ? new Set(before.output) : undefined;
}

/** Whether a machine came that was not there before, of the wanted name where one was given. */
async function hasAppeared(
  asker: Asker,
  hypervisor: BareJid,
  baseline: unknown,
  name: string | undefined,
): Promise<Result<Finding, AppError>> {
  const before = nodesBefore(baseline);
  if (!before) return ok('cannot-tell');
  const list = await managed(asker, hypervisor);
  if (!list.ok) return list;
  const fresh = list.value.filter((one) => !before.has(nodeOf(one.jid)));
  const isDone = fresh.some((one) => isNamed(one.name ?? '', name));
  return ok(isDone ? 'done' : 'failed');
}

/** Hypervisors may put hyphens for blanks, and compare without regard to case. */
export function isNamed(given: string, wanted: string | undefined): boolean {
  if (wanted === undefined || wanted.trim() === '') return true;
  const plain = (name: string) => name.trim().replaceAll(' ', '-').toLowerCase();
  return plain(given) === plain(wanted);
}

/** Whether all the machines are managed, or none of them is. */
async function areManaged(
  asker: Asker,
  hypervisor: BareJid,
  machines: readonly { readonly jid: string }[],
  wanted: boolean,
): Promise<Result<Finding, AppError>> {
  const list = await managed(asker, hypervisor);
  if (!list.ok) return list;
  const nodes = new Set(list.value.map((one) => nodeOf(one.jid)));
  const isDone = machines.every((one) => nodes.has(nodeOf(one.jid)) === wanted);
  return ok(isDone ? 'done' : 'failed');
}

function nodeOf(jid: string): string {
  return parseJid(jid)?.node ?? jid;
}

export const hypervisor: EvidenceTable['hypervisor'] = {
  alloc: {
    baseline: nodesOf,
    find: (asker, { jid, input, baseline }) => hasAppeared(asker, jid, baseline, input.name),
  },
  clone: {
    baseline: nodesOf,
    find: (asker, { jid, input, baseline }) => hasAppeared(asker, jid, baseline, input.name),
  },
  free: {
    async find(asker, { jid, input }) {
      const machine = parseJid(input.jid)?.bare;
      if (machine === undefined) return ok('cannot-tell');
      const listed = await isListed(asker, jid, machine);
      return listed.ok ? ok(listed.value ? 'failed' : 'done') : listed;
    },
  },
  soft_alloc: {
    async find(asker, { jid, input }) {
      const uuid = firstChild(readerOf(input.domain), 'uuid')?.text().trim() ?? '';
      const machine = parseJid(`${uuid}@${parseJid(jid)?.domain ?? ''}`)?.bare;
      if (machine === undefined) return ok('cannot-tell');
      const listed = await isListed(asker, jid, machine);
      return listed.ok ? ok(listed.value ? 'done' : 'failed') : listed;
    },
  },
  manage: {
    find: (asker, { jid, input }) => areManaged(asker, jid, input.machines, true),
  },
  unmanage: {
    find: (asker, { jid, input }) => areManaged(asker, jid, input.machines, false),
  },
  setorginfo: {
    async find(asker, { jid, input }) {
      const domain = parseJid(jid)?.domain ?? '';
      const machine = parseJid(`${input.target}@${domain}`)?.bare;
      if (machine === undefined) return ok('cannot-tell');
      const vcard = await asker.vcardOf(machine);
      if (!vcard.ok) return vcard;
      const { fullName, organisation, unit, owner, locality, categories } = vcard.value;
      const pairs = [
        [input.name, fullName],
        [input.organisation, organisation],
        [input.unit, unit],
        [input.owner, owner],
        [input.locality, locality],
        [input.categories, categories],
      ] as const;
      const isDone = pairs.every(([wanted, now]) => isSameText(wanted, now));
      return ok(isDone ? 'done' : 'failed');
    },
  },
};

/** A field that was not given stays as it is; an empty one is left out of a vCard. */
function isSameText(wanted: string | undefined, now: string | undefined): boolean {
  return wanted === undefined || wanted.trim() === (now ?? '');
}
