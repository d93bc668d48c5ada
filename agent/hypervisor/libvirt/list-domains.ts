import { ok } from '../../../core/lib/result.ts';
import type { DomainState, ListedDomain } from '../domain.ts';
import { LIBVIRT_ERROR, type HypervisorReply } from '../hypervisor-error.ts';
import type { Args, ProcedureName, Reply } from './rpc-channel.ts';
import { GROUP_BITS, readStatistics, stateOf } from './statistics-record.ts';
import type { WireDomain } from './wire-types.ts';

interface Calls {
  call<N extends ProcedureName>(name: N, args: Args<N>): HypervisorReply<Reply<N>>;
}

/** Filters of `virConnectListAllDomains`. */
const FILTER = { all: 0, persistent: 4, autostart: 1024 } as const;

/**
 * All domains with their states. The list itself has no states, and asking each domain for its own
 * would be slow; where the driver has bulk statistics it is four calls however many domains there are.
 */
export async function listDomains(
  calls: Calls,
  hasBulkStates: boolean,
): HypervisorReply<readonly ListedDomain[]> {
  const [all, persistent, autostart, bulk] = await Promise.all([
    listFiltered(calls, FILTER.all),
    listFiltered(calls, FILTER.persistent),
    listFiltered(calls, FILTER.autostart),
    hasBulkStates ? bulkStates(calls) : ok(new Map<string, DomainState>()),
  ]);
  if (!all.ok) return all;
  if (!persistent.ok) return persistent;
  if (!autostart.ok) return autostart;
  if (!bulk.ok) return bulk;
  const states = await singleStates(calls, all.value, bulk.value);
  if (!states.ok) return states;
  const persistentUuids = new Set(persistent.value.map(({ uuid }) => uuid));
  const autostartUuids = new Set(autostart.value.map(({ uuid }) => uuid));
  const listed: ListedDomain[] = [];
  for (const { uuid, name, id } of all.value) {
    const state = states.value.get(uuid);
    if (state === undefined) continue;
    listed.push({
      uuid,
      name,
      id: id < 0 ? undefined : id,
      state,
      persistent: persistentUuids.has(uuid),
      autostart: autostartUuids.has(uuid),
    });
  }
  return ok(listed);
}

async function listFiltered(calls: Calls, flags: number): HypervisorReply<readonly WireDomain[]> {
  const answer = await calls.call('connectListAllDomains', { wantsDomains: 1, flags });
  return answer.ok ? ok(answer.value.domains) : answer;
}

async function bulkStates(calls: Calls): HypervisorReply<Map<string, DomainState>> {
  const args = { domains: [], groups: GROUP_BITS.state, flags: 0 };
  const answer = await calls.call('connectGetAllDomainStats', args);
  if (!answer.ok) return answer;
  const states = new Map<string, DomainState>();
  for (const { uuid, state } of answer.value.records.map(readStatistics)) {
    if (state !== undefined) states.set(uuid, state);
  }
  return ok(states);
}

/** Adds the states that the bulk did not have; a domain that is gone by now stays without. */
async function singleStates(
  calls: Calls,
  domains: readonly WireDomain[],
  known: Map<string, DomainState>,
): HypervisorReply<Map<string, DomainState>> {
  const missing = domains.filter(({ uuid }) => !known.has(uuid));
  const answers = await Promise.all(
    missing.map((domain) => calls.call('domainGetState', { domain, flags: 0 })),
  );
  for (const [at, answer] of answers.entries()) {
    const uuid = missing[at]?.uuid;
    if (answer.ok && uuid !== undefined) known.set(uuid, stateOf(answer.value.state));
    else if (!answer.ok && !isGone(answer.error)) return answer;
  }
  return ok(known);
}

function isGone(error: { readonly code: string; readonly number?: number }): boolean {
  return error.code === 'libvirt' && error.number === LIBVIRT_ERROR.noDomain;
}
