import type { Hindrance } from '../../commands/availability.ts';
import type { OpenThing } from '../../commands/define-command.ts';
import type { EntityState } from '../../domain/entity.ts';

export const states: Readonly<Record<EntityState, string>> = {
  running: 'running',
  paused: 'paused',
  off: 'off',
  undefined: 'not defined',
  'shutting-down': 'shutting down',
  crashed: 'crashed',
  migrating: 'migrating',
  busy: 'busy',
  'libvirt-lost': 'libvirt lost',
  available: 'online',
  away: 'away',
  offline: 'offline',
  unknown: 'unknown',
};

const notOpen: Readonly<Record<OpenThing, string>> = {
  console: 'Open its console first.',
  wall: 'Open a wall first.',
  graphs: 'Open Health first.',
};

type Reasons = {
  readonly [Code in Hindrance['code']]: (reason: Extract<Hindrance, { code: Code }>) => string;
};

const REASONS: Reasons = {
  'no-target': () => 'Select something first.',
  'no-group': () => 'Select a group in the roster first.',
  'one-target': () => 'This works on one at a time.',
  'wrong-kind': () => 'This does not apply to what is selected.',
  offline: () => 'It is offline.',
  'not-offline': () => 'It is not offline.',
  'not-open': ({ what }) => notOpen[what],
  'wrong-state': ({ state }) => `Not possible while it is ${states[state]}.`,
  'no-screen': () => 'Its screen is not connected.',
  'clipboard-not-shared': () => 'Share the clipboard with this console first.',
  'nothing-copied': () => 'Nothing was copied in the guest since its screen is connected.',
  'no-desktop-size': () => 'The server of this screen does not let it be resized.',
  'no-permission': ({ permission }) =>
    `You lack the permission “${permission}”. Ask an administrator for it.`,
  'no-feature': ({ feature }) => `Its agent does not offer ${feature}. A newer agent does.`,
};

/** Why a command cannot be given now, in a sentence. */
export function hindrance(reason: Hindrance): string {
  // The table is typed by code; the compiler cannot follow that through the index.
  const say = REASONS[reason.code] as (reason: Hindrance) => string;
  return say(reason);
}
