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

/** Why a command cannot be given now, in a sentence. */
export function hindrance(reason: Hindrance): string {
  switch (reason.code) {
    case 'no-target':
      return 'Select something first.';
    case 'no-group':
      return 'Select a group in the roster first.';
    case 'one-target':
      return 'This works on one at a time.';
    case 'wrong-kind':
      return 'This does not apply to what is selected.';
    case 'offline':
      return 'It is offline.';
    case 'not-open':
      return notOpen[reason.what];
    case 'wrong-state':
      return `Not possible while it is ${states[reason.state]}.`;
    case 'no-permission':
      return `You lack the permission “${reason.permission}”. Ask an administrator for it.`;
    case 'no-feature':
      return `Its agent does not offer ${reason.feature}. A newer agent does.`;
  }
}
