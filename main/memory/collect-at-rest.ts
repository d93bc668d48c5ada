import type { Clock } from '../../node/xmpp/clock.ts';

/** What is measured of this process, and how it gives back memory. */
export interface ProcessMemory {
  /** Processor time of the process so far, in milliseconds. */
  busyMs(): number;
  /** What the engine has of the system, in bytes. */
  heapBytes(): number;
  /** Gives back to the system what nobody holds. Stops everything else meanwhile. */
  collect(): void;
}

const CHECK_MS = 10_000;
/** Busy for less than this share of the time: nobody is served. */
const REST_SHARE = 0.1;
/** So many checks in a row. */
const CHECKS_AT_REST = 2;
/** What has come since is worth the time that it takes. */
const WORTH_BYTES = 24 * 1024 * 1024;

/**
 * Gives memory back while nothing happens, until the returned function is called. The engine keeps what a
 * log-in or a storm left behind until it wants the room, and what it emptied even longer.
 */
export function collectAtRest(memory: ProcessMemory, clock: Clock): () => void {
  let leftBytes = 0;
  let calm = 0;
  let busyMs = memory.busyMs();
  const check = (): void => {
    const spentMs = memory.busyMs() - busyMs;
    calm = spentMs < CHECK_MS * REST_SHARE ? calm + 1 : 0;
    if (calm >= CHECKS_AT_REST && memory.heapBytes() > leftBytes + WORTH_BYTES) {
      memory.collect();
      leftBytes = memory.heapBytes();
    }
    busyMs = memory.busyMs();
    cancel = clock.after(CHECK_MS, check);
  };
  let cancel = clock.after(CHECK_MS, check);
  return () => cancel();
}
