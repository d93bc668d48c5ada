import type { ActionFailure } from '../../core/protocol/define-action.ts';
import type { ProtocolErrorCode } from '../../core/protocol/errors.ts';
import type { HypervisorError } from '../hypervisor/hypervisor-error.ts';
import type { HostFailure } from '../machines/host-failure.ts';

/** A refusal by the hypervisor in the words and numbers of libvirt. */
export function libvirtFailure(
  error: HypervisorError,
  otherwise: ProtocolErrorCode,
): ActionFailure {
  if (error.code === 'libvirt' || error.code === 'unsupported') {
    return { code: 'libvirt-error', number: error.number, text: error.message };
  }
  return { code: otherwise, text: `Libvirt connection lost: ${error.message}` };
}

/** A refusal by the host; texts are those that original clients know. */
export function hostFailure(failure: HostFailure, otherwise: ProtocolErrorCode): ActionFailure {
  switch (failure.code) {
    case 'name-taken':
      return {
        code: 'vm-name-taken',
        text: failure.byManaged
          ? `Archipel already manages a virtual machine named ${failure.name}.`
          : `There is already a non managed virtual machine named ${failure.name} declared in Libvirt.`,
      };
    case 'unknown':
      return { code: 'vm-unknown', text: `No VM with UUID ${failure.uuid}` };
    case 'already-managed':
      return {
        code: 'vm-already-managed',
        text: `Virtual machine with UUID ${failure.uuid} is already managed by Archipel`,
      };
    case 'storage':
      return { code: otherwise, text: `The agent cannot write its files: ${failure.detail}` };
  }
}
