import type { AppError } from '../contract/app-error.ts';
import { consoleNeedsUser } from './console-failure.ts';

const BY_ITSELF: ReadonlySet<AppError['code']> = new Set([
  'ssh-unreachable',
  'ssh-timed-out',
  'ssh-closed',
  'streams-ended',
]);

/** Whether trying again by itself is pointless or harmful: the user has to change something. */
export function terminalNeedsUser(error: AppError): boolean {
  if (error.code === 'console') return consoleNeedsUser(error.failure);
  return !BY_ITSELF.has(error.code);
}
