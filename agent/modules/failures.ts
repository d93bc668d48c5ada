import type { ActionFailure } from '../../core/protocol/define-action.ts';
import type { ProtocolErrorCode } from '../../core/protocol/errors.ts';
import type { HypervisorError } from '../hypervisor/hypervisor-error.ts';
import type { HostFailure } from '../machines/host-failure.ts';
import type { MachineTask } from '../machines/machine.ts';

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

const WHAT_IS_DONE: Readonly<Record<Exclude<MachineTask, 'migrating'>, string>> = {
  cloning: 'is being cloned',
  freeing: 'is being deleted',
  renaming: 'is being renamed',
};

/** A refusal because something else is done to the machine now. */
export function busyFailure(
  running: MachineTask | undefined,
  otherwise: ProtocolErrorCode,
): ActionFailure {
  if (running === 'migrating') {
    const text = "Virtual machine is migrating. Can't perform this control operation.";
    return { code: 'vm-migrating', text };
  }
  const what = running === undefined ? 'is busy' : WHAT_IS_DONE[running];
  return { code: otherwise, text: `The virtual machine ${what}.` };
}
