import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemClock, type Clock } from '../../node/xmpp/clock.ts';
import { AvatarMaker, type AvatarThread, type AvatarThreadEvents } from './avatar-maker.ts';

const ENTRY = path.join(import.meta.dirname, 'avatars.js');

export interface AvatarThreadOptions {
  /** The program of the threads. */
  readonly entry: string | URL;
  readonly clock: Clock;
}

/** Avatars that are made in a thread of main's process; `report` is told when one ends by itself. */
export function threadedAvatars(
  report: (cause: unknown) => void,
  { entry, clock }: AvatarThreadOptions = { entry: ENTRY, clock: systemClock },
): AvatarMaker {
  return new AvatarMaker({ start: (events) => startThread(entry, events), clock, report });
}

/** A thread without the environment, whose heap is bounded. */
function startThread(entry: string | URL, events: AvatarThreadEvents): AvatarThread {
  const worker = new Worker(entry, {
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 128, maxYoungGenerationSizeMb: 16 },
  });
  worker.on('message', (made: unknown) => events.made(made));
  worker.on('error', (cause) => events.ended(cause));
  worker.on('exit', (code) => events.ended(`exit code ${code}`));
  return {
    make: (picture) => {
      // What a buffer of Node's shares with others would be copied as well.
      const own = new Uint8Array(picture);
      worker.postMessage(own, [own.buffer]);
    },
    end: () => void worker.terminate(),
  };
}
