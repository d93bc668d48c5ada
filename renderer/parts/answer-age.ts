import type { QueryState } from '../../core/contract/queries.ts';

/** As long as an answer counts as new, milliseconds. */
const NEW_FOR_MS = 60_000;

/**
 * Whether an answer is marked as old. Pushes, the last heard at `heardAt`, make up for its age, and not
 * for an answer that failed. Times are milliseconds since 1970.
 */
export function isOld(state: QueryState, heardAt: number, now: number): boolean {
  if (state.name !== 'stale') return false;
  return state.error !== undefined || now - heardAt >= NEW_FOR_MS;
}
