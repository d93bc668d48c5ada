import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * What this process keeps, bytes, of objects and of buffers, after a collection: how much garbage lies
 * about besides depends on the engine, on the machine, and on the tests that ran before.
 */
export function liveBytes(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Frees all that nobody holds. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as NodeJS.GCFunction;
  setFlagsFromString('--no-expose-gc');
  // What buffers held is given back beside the program, and surely before the next collection.
  collect();
  collect();
}
