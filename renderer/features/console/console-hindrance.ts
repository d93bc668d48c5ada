import type { Hindrance } from '../../../core/commands/availability.ts';
import type { ConsoleSettings } from '../../../core/domain/console-settings.ts';
import type { EntityState } from '../../../core/domain/entity.ts';

/** States of a machine without a screen. */
const OFF: ReadonlySet<EntityState> = new Set(['off', 'crashed', 'undefined']);

export function isSwitchedOff(state: EntityState): boolean {
  return OFF.has(state);
}

/** What a console is now, as far as commands need to know. */
export interface ConsoleFacts {
  readonly state: EntityState;
  readonly isConnected: boolean;
  /** There is a picture, of now or of before. */
  readonly hasPicture: boolean;
  readonly canResize: boolean;
  /** Something was copied in the guest. */
  readonly isOffered: boolean;
  readonly settings: ConsoleSettings;
}

type Need = (facts: ConsoleFacts) => Hindrance | undefined;

const running: Need = ({ state }) =>
  isSwitchedOff(state) ? { code: 'wrong-state', state } : undefined;
const connected: Need = (facts) =>
  running(facts) ?? (facts.isConnected ? undefined : { code: 'no-screen' });
const picture: Need = (facts) => (facts.hasPicture ? undefined : connected(facts));
const shared: Need = (facts) =>
  facts.settings.sharesClipboard === true ? connected(facts) : { code: 'clipboard-not-shared' };

/** What is not here is remembered, and can be chosen at any time. */
const NEEDS: Readonly<Record<string, Need>> = {
  'console.ctrl-alt-delete': running,
  'console.send-keys': running,
  'console.hold-key': connected,
  'console.release-keyboard': connected,
  'console.fit': connected,
  'console.actual-size': connected,
  'console.zoom-in': connected,
  'console.zoom-out': connected,
  'console.view-only': running,
  'console.full-screen': running,
  'console.full-screen-on': running,
  'console.reconnect': running,
  'console.save-picture': picture,
  'console.copy-picture': picture,
  'console.rewind': picture,
  'console.give-clipboard': shared,
  'console.take-clipboard': (facts) =>
    shared(facts) ?? (facts.isOffered ? undefined : { code: 'nothing-copied' }),
  // What was begun can always be ended.
  'console.resize-guest': (facts) => {
    if (facts.settings.resizesGuest === true) return undefined;
    return connected(facts) ?? (facts.canResize ? undefined : { code: 'no-desktop-size' });
  },
};

/** What stands in the way of giving a command to a console that is open. */
export function consoleHindrance(command: string, facts: ConsoleFacts): Hindrance | undefined {
  return NEEDS[command]?.(facts);
}
