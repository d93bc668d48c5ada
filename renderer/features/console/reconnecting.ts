import type { AppError } from '../../../core/contract/app-error.ts';
import { consoleNeedsUser } from '../../../core/domain/console-failure.ts';

const LONGEST_WAIT_MS = 30_000;
const FIRST_WAIT_MS = 1_000;

/** What the way to a screen may be refused with for good; all else may be over in a moment. */
const FINAL: ReadonlySet<AppError['code']> = new Set([
  'denied',
  'unsupported',
  'not-found',
  'invalid-input',
  'not-allowed-now',
]);

/** Whether trying again by itself is pointless: the user, or somebody else, has to change something. */
export function needsUser(error: AppError): boolean {
  return error.code === 'console' ? consoleNeedsUser(error.failure) : FINAL.has(error.code);
}

/** How long to wait after so many failures on end, in milliseconds. */
export function pauseMs(failures: number): number {
  if (failures === 0) return FIRST_WAIT_MS;
  // Jitter, or all consoles of a host come back in the same moment.
  const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures);
  return longest * (0.5 + Math.random() / 2);
}
