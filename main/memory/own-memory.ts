import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ProcessMemory } from './collect-at-rest.ts';

/** The memory of this process. */
export const ownMemory: ProcessMemory = {
  busyMs: () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  },
  heapBytes: () => getHeapStatistics().total_heap_size,
  collect: () => {
    // Node has no other way to it. Pages run in other processes, and get none.
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as NodeJS.GCFunction;
    setFlagsFromString('--no-expose-gc');
    // Any other collection keeps the emptied pages for what comes next.
    collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
  },
};
