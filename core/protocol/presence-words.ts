/** What an entity is busy with, by the status text that says so; `%` stands for a name. */
export const ACTIVITIES = {
  'converting-disk': 'Converting a disk...',
  'deleting-drive': 'Deleting a drive...',
  'taking-snapshot': 'Snapshoting...',
  'removing-snapshot': 'Removing snapshot...',
  'restoring-snapshot': 'Restoring snapshot...',
  'installing-appliance': 'Installing from appliance...',
  packaging: 'Packaging myself...',
  'cloning-from': 'Cloning from %',
  'cloning-to': 'Cloning to %',
} as const;

export type Activity = keyof typeof ACTIVITIES;

/** What went wrong last, by the status text that says so; the state is the one from before. */
export const MISHAPS = {
  'migration-aborted': 'Migration aborted',
  'migration-impossible': "Can't migrate.",
  'snapshot-failed': 'Error while snapshoting',
  'snapshot-delete-failed': 'Error while deleting snapshot.',
  'snapshot-revert-failed': 'Error while reverting.',
  'appliance-install-failed': 'Cannot install appliance',
  'appliance-package-failed': 'Cannot package appliance',
} as const;

export type Mishap = keyof typeof MISHAPS;

export const RUNNING = 'Running';
export const PAUSED = 'Paused';
export const OFF = 'Off';
export const SHUT_OFF = 'Shut off';
export const NOT_DEFINED = 'Not defined';
export const SHUTTING_DOWN = 'Shutting down...';
export const CRASHED = 'Crashed';
export const LIBVIRT_LOST = 'Libvirt connection lost';

export const STANDBY = 'Standby';
export const ACTIVE = 'Active';
