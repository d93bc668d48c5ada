import type { ManualClock } from '../agent/hypervisor/simulated/manual-clock.ts';
import { childNamed } from './server/element-access.ts';
import { refused, type RequestHandler, result } from './server/requests.ts';

const MOST_MS = 7 * 86_400_000;

/** Lets whoever is logged in step a manual clock: a `set` holding `<step ms='…'/>`. */
export function clockHandler(clock: ManualClock): RequestHandler {
  return ({ type, payload }) => {
    const text = childNamed(payload, 'step')?.attributes['ms'] ?? '';
    const ms = /^\d{1,9}$/.test(text) ? Number(text) : undefined;
    if (type !== 'set' || ms === undefined || ms > MOST_MS) return refused('bad-request');
    clock.step(ms);
    return result();
  };
}
