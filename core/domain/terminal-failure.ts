import type { AppError } from '../contract/app-error.ts';

const BY_ITSELF: ReadonlySet<AppError['code']> = new Set([
  'ssh-unreachable',
  'ssh-timed-out',
  'ssh-closed',
  'streams-ended',
]);

/** Whether trying again by itself is pointless or harmful: the user has to change something. */
export function terminalNeedsUser(error: AppError): boolean {
  return !BY_ITSELF.has(error.code);
}
