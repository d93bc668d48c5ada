// What the original web client sends, counted on a platform of 5 hypervisors with 95 machines.

/** From the roster to the first screen of 30 rows. */
export const ORIGINAL_LOGIN = 41;

/** In 60 s with the controls of a running machine shown: its state each 5 s, its picture each 10 s. */
export const ORIGINAL_IDLE = 18;

/** Own permissions of the entity, and the roles or the display. */
export const ORIGINAL_SELECTION = 2;

/** When a tab is shown, by the title of the panel that shows the same here. */
export const ORIGINAL_TABS: Readonly<Record<string, number>> = {
  'virtual machines': 1,
  appliances: 1,
  casts: 1,
  console: 0,
  controls: 3,
  definition: 2,
  disks: 2,
  drives: 2,
  health: 2,
  logs: 1,
  networks: 2,
  overview: 0,
  permissions: 2,
  scheduler: 2,
  snapshots: 2,
};
