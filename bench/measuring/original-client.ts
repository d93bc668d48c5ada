// What the original web client sends, counted on a platform of 5 hypervisors with 95 machines.

/** From the roster to the first screen of 30 rows. */
export const ORIGINAL_LOGIN = 41;

/** In 60 s with the controls of a running machine shown: its state each 5 s, its picture each 10 s. */
export const ORIGINAL_IDLE = 18;

/**
 * What the choice of an entity costs: its own permissions the first time, and the roles, once, or, each time,
 * the display of a machine.
 */
export const ORIGINAL_SELECTION = {
  hypervisor: { first: 2, again: 0 },
  virtualmachine: { first: 2, again: 1 },
} as const;

/** What it costs to show what a panel of ours shows, by the kind of the entity and the title of the panel. */
export const ORIGINAL_PANELS: Readonly<
  Record<keyof typeof ORIGINAL_SELECTION, Readonly<Record<string, number>>>
> = {
  // The past and the present figures, the list of machines.
  hypervisor: { Health: 2, 'Virtual machines': 1 },
  // State, out-of-memory setting and picture of one that runs; a screen comes by another way.
  virtualmachine: { Controls: 3, Console: 0 },
};
