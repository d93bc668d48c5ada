import type { ErrorWords } from './error-words.ts';

const SEE_LOG = 'The details say why. If they do not, look into the log of the agent.';
const AGAIN = 'Try again. If it stays so, look into the log of the agent.';

/** Words for what virtual machines and hypervisors refuse. */
export const machineErrors = {
  'vm-not-defined': {
    what: 'The virtual machine has no definition yet.',
    remedy: 'Define it first.',
  },
  'vm-migrating': {
    what: 'The virtual machine is on its way to another hypervisor.',
    remedy: 'Wait until it has arrived.',
  },
  'vm-already-migrating': {
    what: 'The virtual machine is on its way to another hypervisor already.',
    remedy: 'Wait until it has arrived.',
  },
  'vm-already-there': {
    what: 'The virtual machine is on that hypervisor already.',
    remedy: 'Choose another hypervisor.',
  },
  'vm-blocked': {
    what: 'The virtual machine is blocked and cannot be moved.',
    remedy: 'Wait until what it waits for is done, then try again.',
  },
  'live-migration-unsupported': {
    what: 'A running machine of this kind cannot be moved.',
    remedy: 'Shut it down first.',
  },
  'vm-name-taken': {
    what: 'The name is taken on that hypervisor.',
    remedy: 'Choose another name. Domains that are not managed count as well.',
  },
  'vm-must-be-stopped': {
    what: 'The virtual machine has to be off for this.',
    remedy: 'Shut it down first.',
  },
  'vm-not-running': {
    what: 'The virtual machine has to run for this.',
    remedy: 'Start it first.',
  },
  'vm-unknown': {
    what: 'The hypervisor does not know this virtual machine.',
    remedy: 'It may have been deleted or moved. Refresh the list.',
  },
  'vm-already-managed': {
    what: 'The domain is managed already.',
    remedy: 'Refresh the list. Domains before this one in your choice are managed now.',
  },
  'vm-not-managed': {
    what: 'The domain is not managed.',
    remedy: 'Refresh the list.',
  },
  'vcpus-above-maximum': {
    what: 'The virtual machine cannot have so many processors.',
    remedy: 'Choose fewer, or raise the maximum in its definition.',
  },
  'definition-uuid-mismatch': {
    what: 'The UUID in the definition belongs to another virtual machine.',
    remedy: 'Put in the UUID of this one, which is the first part of its JID.',
  },
  'block-devices-forbidden': {
    what: 'The agent does not allow block devices of the hypervisor as disks.',
    remedy: 'Use a file, or ask whoever runs the hypervisor to allow them.',
  },
  'definition-changed': {
    what: 'The definition was changed by someone else meanwhile.',
    remedy: 'Compare both and apply your change to the new one.',
  },
  'definition-get-failed': { what: 'The definition could not be read.', remedy: AGAIN },
  'definition-define-failed': { what: 'The definition was not accepted.', remedy: SEE_LOG },
  'vm-create-failed': { what: 'The virtual machine did not start.', remedy: SEE_LOG },
  'vm-suspend-failed': { what: 'The virtual machine could not be paused.', remedy: SEE_LOG },
  'vm-resume-failed': { what: 'The virtual machine could not go on.', remedy: SEE_LOG },
  'vm-destroy-failed': { what: 'The virtual machine could not be forced off.', remedy: SEE_LOG },
  'vm-undefine-failed': { what: 'The definition could not be removed.', remedy: SEE_LOG },
  'vm-shutdown-failed': {
    what: 'The guest could not be asked to shut down.',
    remedy: 'If it does not answer any more, force it off.',
  },
  'vm-reboot-failed': { what: 'The guest could not be asked to reboot.', remedy: SEE_LOG },
  'vm-define-failed': { what: 'The definition was not accepted.', remedy: SEE_LOG },
  'vm-info-failed': { what: 'Its state could not be read.', remedy: AGAIN },
  'vm-xmldesc-failed': { what: 'The definition could not be read.', remedy: AGAIN },
  'vm-migrate-failed': { what: 'The virtual machine cannot be moved.', remedy: SEE_LOG },
  'vm-autostart-failed': {
    what: 'Starting with the hypervisor could not be switched.',
    remedy: SEE_LOG,
  },
  'vm-memory-failed': { what: 'The memory could not be changed.', remedy: SEE_LOG },
  'vm-setvcpus-failed': { what: 'The processors could not be changed.', remedy: SEE_LOG },
  'vm-networkinfo-failed': {
    what: 'The network counters could not be read.',
    remedy: 'An interface without a device on the hypervisor has none.',
  },
  'vm-capabilities-failed': {
    what: 'What the hypervisor can run could not be read.',
    remedy: AGAIN,
  },
  'vm-free-failed': { what: 'The virtual machine could not be deleted.', remedy: SEE_LOG },
  'vm-screenshot-failed': { what: 'No picture could be taken of the screen.', remedy: AGAIN },
  'vnc-display-failed': { what: 'The screen could not be found.', remedy: AGAIN },
  'console-open-failed': { what: 'The console could not be opened.', remedy: SEE_LOG },
  'console-sendkeys-failed': { what: 'The keys could not be pressed.', remedy: SEE_LOG },
  'console-no-screen': {
    what: 'The virtual machine has no screen that can be reached.',
    remedy: 'Add a graphics device of the type VNC to its definition, and start it anew.',
  },
  'alloc-failed': { what: 'The virtual machine could not be created.', remedy: SEE_LOG },
  'free-failed': { what: 'The virtual machine could not be deleted.', remedy: SEE_LOG },
  'rostervm-failed': { what: 'The virtual machines could not be listed.', remedy: AGAIN },
  'clone-failed': { what: 'The virtual machine could not be cloned.', remedy: SEE_LOG },
  'ip-failed': {
    what: 'The hypervisor could not find out its IP address.',
    remedy: 'Check machine_ip in the configuration of its agent.',
  },
  'soft-alloc-failed': {
    what: 'The hypervisor could not take over the virtual machine.',
    remedy: SEE_LOG,
  },
  'capabilities-failed': { what: 'What the hypervisor can run could not be read.', remedy: AGAIN },
  'manage-failed': { what: 'The domain could not be taken over.', remedy: SEE_LOG },
  'unmanage-failed': { what: 'The domain could not be given back.', remedy: SEE_LOG },
  'migrationinfo-failed': {
    what: 'The hypervisor could not say where migrations go.',
    remedy: 'Check migration_uri in the configuration of its agent.',
  },
  'setorginfo-failed': { what: 'The information could not be changed.', remedy: SEE_LOG },
  'nodeinfo-failed': { what: 'The hardware could not be read.', remedy: AGAIN },
  'hypervisor-info-failed': { what: 'The hypervisor could not be read.', remedy: AGAIN },
  'outcome-get-failed': { what: 'What became of the order could not be read.', remedy: AGAIN },
  'order-given-up': {
    what: 'The order arrived after it had been given up, so it was not carried out.',
    remedy: 'Give it again if you still want it.',
  },
  'statistics-subscribe-failed': {
    what: 'The hypervisor does not send its statistics.',
    remedy: AGAIN,
  },
  'statistics-unsubscribe-failed': {
    what: 'The hypervisor could not end the subscription to its statistics.',
    remedy: 'It ends by itself when the lease ends.',
  },
  'statistics-history-failed': {
    what: 'The past statistics could not be read.',
    remedy: AGAIN,
  },
  'log-subscribe-failed': {
    what: 'The hypervisor does not send the lines of its log.',
    remedy: AGAIN,
  },
  'log-unsubscribe-failed': {
    what: 'The hypervisor could not end the subscription to its log.',
    remedy: 'It ends by itself when the lease ends.',
  },
  'health-no-sample': {
    what: 'The hypervisor has measured nothing yet.',
    remedy: 'Wait a few seconds.',
  },
  'health-info-failed': { what: 'The health could not be read.', remedy: AGAIN },
  'health-history-failed': { what: 'Past health could not be read.', remedy: AGAIN },
  'health-logs-failed': {
    what: 'The log of the agent could not be read.',
    remedy: 'Check logging_file_path in the configuration of the agent.',
  },
  'geolocalization-failed': {
    what: 'Where the hypervisor stands is not known.',
    remedy: 'Set its place by hand in the configuration of its agent.',
  },
  'scheduler-failed': {
    what: 'The scheduler refused.',
    remedy: 'Check that the action exists here, and that the job is still there.',
  },
  'oom-failed': {
    what: 'How it fares when memory is short could not be read or changed.',
    remedy: 'It has to run for this.',
  },
} as const satisfies Readonly<Record<string, ErrorWords>>;
