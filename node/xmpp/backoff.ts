const FIRST_MS = 500;

/** How long to wait before an attempt, counted from 1: random, longer on average each time. */
export function backoffMs(attempt: number, maxDelayMs: number, random: () => number): number {
  // Full jitter, or every client comes back in the same second when the server restarts.
  const most = Math.min(maxDelayMs, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.round(random() * most);
}
