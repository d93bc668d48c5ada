/** What the program ends with; the numbers are those of original agents where they had one. */
export const EXIT = {
  done: 0,
  /** The configuration cannot be read or is wrong. */
  configuration: 1,
  usage: 2,
  /** The libvirt URI cannot be used. */
  libvirt: 3,
  /** A bug, or a store that cannot be used. */
  unknown: 4,
  /** Ended from the keyboard. */
  interrupted: 6,
} as const;
