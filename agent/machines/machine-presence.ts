import type { VmPresence } from '../../core/protocol/vm-presence.ts';
import type { DomainInfo, DomainState } from '../hypervisor/domain.ts';
import type { HypervisorError } from '../hypervisor/hypervisor-error.ts';
import { LIBVIRT_ERROR } from '../hypervisor/hypervisor-error.ts';

const SHOWN: Readonly<Record<DomainState, VmPresence>> = {
  nostate: { state: 'running' },
  running: { state: 'running' },
  blocked: { state: 'running' },
  paused: { state: 'paused' },
  shutdown: { state: 'shutting-down' },
  shutoff: { state: 'off' },
  crashed: { state: 'crashed' },
  // A guest that sleeps has its memory and no processor time, as one that is paused.
  pmsuspended: { state: 'paused' },
};

/** What a virtual machine shows of what its domain does. */
export function presenceOf({
  state,
  hasCrashed,
}: Pick<DomainInfo, 'state' | 'hasCrashed'>): VmPresence {
  return state === 'shutoff' && hasCrashed ? SHOWN.crashed : SHOWN[state];
}

/** What it shows when the hypervisor could not say the state. */
export function presenceWithout(error: HypervisorError): VmPresence {
  return isNoDomain(error) ? { state: 'undefined' } : { state: 'libvirt-lost' };
}

export function isNoDomain(error: HypervisorError): boolean {
  return error.code === 'libvirt' && error.number === LIBVIRT_ERROR.noDomain;
}

/** Numbers of libvirt's states on the wire, at the place of their names. */
const NUMBERS: Readonly<Record<DomainState, number>> = {
  nostate: 0,
  running: 1,
  blocked: 2,
  paused: 3,
  shutdown: 4,
  shutoff: 5,
  crashed: 6,
  pmsuspended: 7,
};

export function stateNumber(state: DomainState): number {
  return NUMBERS[state];
}
