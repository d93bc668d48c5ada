import type { ErrorWords } from './error-words.ts';

const SEE_DETAILS = 'The details are libvirt’s own words.';

/** Words for what libvirt refuses, and for its snapshots, disks, networks and appliances. */
export const libvirtErrors = {
  'libvirt-error': { what: 'libvirt refused.', remedy: SEE_DETAILS },
  'libvirt-internal': {
    what: 'libvirt or the hypervisor program failed.',
    remedy: `${SEE_DETAILS} The log of the domain on the hypervisor often says more.`,
  },
  'libvirt-no-support': {
    what: 'This kind of hypervisor cannot do that.',
    remedy: 'There is nothing to repair.',
  },
  'libvirt-invalid-argument': { what: 'libvirt does not accept a value.', remedy: SEE_DETAILS },
  'libvirt-operation-failed': { what: 'libvirt tried and failed.', remedy: SEE_DETAILS },
  'libvirt-xml-error': {
    what: 'libvirt does not accept the definition.',
    remedy: `${SEE_DETAILS} They name the element.`,
  },
  'libvirt-system-error': {
    what: 'The hypervisor’s system refused something libvirt needs.',
    remedy: `${SEE_DETAILS} Missing files and missing rights are the usual reasons.`,
  },
  'libvirt-no-domain': {
    what: 'libvirt does not know this domain any more.',
    remedy: 'Someone may have undefined it there. Define it again or delete it.',
  },
  'libvirt-no-network': {
    what: 'libvirt does not know this network.',
    remedy: 'Define the network, or use another one in the definition.',
  },
  'libvirt-operation-invalid': {
    what: 'This is not possible in its present state.',
    remedy: 'Check whether it runs. What is shown here may be a moment old.',
  },
  'libvirt-config-unsupported': {
    what: 'The definition asks for something that this hypervisor does not have.',
    remedy: SEE_DETAILS,
  },
  'libvirt-timeout': {
    what: 'libvirt waited too long for something.',
    remedy: 'Another job may still be running on it. Try again later.',
  },
  'libvirt-no-snapshot': {
    what: 'There is no such snapshot.',
    remedy: 'Refresh the list.',
  },
  'libvirt-agent-unresponsive': {
    what: 'The agent inside the guest does not answer.',
    remedy: 'Check that qemu-guest-agent runs in the guest.',
  },

  'snapshot-take-failed': { what: 'No snapshot could be taken.', remedy: SEE_DETAILS },
  'snapshot-get-failed': { what: 'The snapshots could not be listed.', remedy: SEE_DETAILS },
  'snapshot-current-failed': {
    what: 'The current snapshot could not be read.',
    remedy: SEE_DETAILS,
  },
  'snapshot-delete-failed': { what: 'The snapshot could not be deleted.', remedy: SEE_DETAILS },
  'snapshot-revert-failed': {
    what: 'It could not go back to the snapshot.',
    remedy: SEE_DETAILS,
  },
  'snapshot-no-drive': {
    what: 'The virtual machine has no drive that could be in a snapshot.',
    remedy: 'Snapshots need a drive of type qcow2.',
  },
  'disk-create-failed': { what: 'The drive could not be created.', remedy: SEE_DETAILS },
  'disk-delete-failed': { what: 'The drive could not be deleted.', remedy: SEE_DETAILS },
  'disk-get-failed': { what: 'The drives could not be listed.', remedy: SEE_DETAILS },
  'disk-getiso-failed': { what: 'The disc images could not be listed.', remedy: SEE_DETAILS },
  'disk-convert-failed': { what: 'The drive could not be converted.', remedy: SEE_DETAILS },
  'disk-rename-failed': { what: 'The drive could not be renamed.', remedy: SEE_DETAILS },
  'disk-getgolden-failed': { what: 'The golden drives could not be listed.', remedy: SEE_DETAILS },
  'disk-setgolden-failed': {
    what: 'No golden drive could be made of it.',
    remedy: 'Only drives of type qcow2 can become golden, under a name that is free.',
  },
  'network-define-failed': { what: 'The network was not accepted.', remedy: SEE_DETAILS },
  'network-undefine-failed': { what: 'The network could not be removed.', remedy: SEE_DETAILS },
  'network-create-failed': { what: 'The network did not start.', remedy: SEE_DETAILS },
  'network-destroy-failed': { what: 'The network could not be stopped.', remedy: SEE_DETAILS },
  'network-get-failed': { what: 'The networks could not be listed.', remedy: SEE_DETAILS },
  'network-getnames-failed': { what: 'The networks could not be listed.', remedy: SEE_DETAILS },
  'network-bridges-failed': { what: 'The bridges could not be listed.', remedy: SEE_DETAILS },
  'network-getnics-failed': { what: 'The network cards could not be listed.', remedy: SEE_DETAILS },
  'network-getnwfilters-failed': {
    what: 'The network filters could not be listed.',
    remedy: SEE_DETAILS,
  },
  'nuage-create-failed': { what: 'The Nuage network could not be created.', remedy: SEE_DETAILS },
  'nuage-delete-failed': {
    what: 'The Nuage network could not be deleted.',
    remedy: 'Virtual machines that use it have to let go of it first.',
  },
  'nuage-update-failed': { what: 'The Nuage network could not be changed.', remedy: SEE_DETAILS },
  'nuage-get-failed': { what: 'The Nuage networks could not be listed.', remedy: SEE_DETAILS },
  'nuage-getnames-failed': { what: 'The Nuage networks could not be listed.', remedy: SEE_DETAILS },
} as const satisfies Readonly<Record<string, ErrorWords>>;
