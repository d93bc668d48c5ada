import { commands } from './commands.ts';
import { hindrance, states } from './hindrances.ts';

/** All words the user reads, in English; the other languages have the same shape. */
export const en = { commands, hindrance, states };
