import type { RfbFailure } from '../rfb/rfb-failure.ts';
import type { ConsoleWay } from './console-way.ts';

/** Why a machine has no console, or no longer. Plain data: it crosses processes unchanged. */
export type ConsoleFailure =
  | RfbFailure
  /** The machine was defined without graphics. */
  | { readonly code: 'no-screen' }
  /** Its screen speaks something that we do not, such as `spice`. */
  | { readonly code: 'other-screen'; readonly type: string }
  /** It is switched off: nothing listens. */
  | { readonly code: 'switched-off' }
  /** Its screen can be reached from its hypervisor only. */
  | { readonly code: 'host-only' }
  /** There is no way of the kind that the user wants. */
  | { readonly code: 'way-missing'; readonly way: ConsoleWay }
  /** Its agent cannot open its text console, in its words: somebody else may have it. */
  | { readonly code: 'text-refused'; readonly reason: string }
  /** The process that holds the connections ended. */
  | { readonly code: 'streams-ended' }
  /** That process did not understand what it was to do, which is a fault of ours. */
  | { readonly code: 'stream-refused'; readonly detail: string };

const NEEDS_USER: ReadonlySet<ConsoleFailure['code']> = new Set([
  'certificate',
  'unsupported-security',
  'credentials-needed',
  'wrong-credentials',
  'too-large',
  'not-rfb',
  'cancelled',
  'no-screen',
  'other-screen',
  'host-only',
  'text-refused',
  'way-missing',
  'tunnel',
  'unread',
  'stream-refused',
]);

/** Whether trying again by itself is pointless or harmful: the user has to change something. */
export function consoleNeedsUser(failure: ConsoleFailure): boolean {
  return NEEDS_USER.has(failure.code);
}
