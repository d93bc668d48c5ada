/** How a command ended, for scripts. */
export const EXIT = {
  done: 0,
  /** Refused by the platform, or failed. */
  failed: 1,
  usage: 2,
  notConnected: 3,
  /** The link died or nobody answered: nobody knows what became of the order. */
  unknown: 4,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
