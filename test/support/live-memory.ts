import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * What this process keeps, bytes, of objects and of buffers, after a collection: how much garbage lies
 * about besides depends on the engine, on the machine, and on the tests that ran before.
 */
export function liveBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as NodeJS.GCFunction;
  // What buffers held is given back beside the program, and surely before the next collection.
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
