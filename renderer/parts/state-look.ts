import type { EntityKind, EntityState } from '../../core/domain/entity.ts';
import type { ChipTone, MarkShape, MarkTone } from '../ui/tones.ts';

export interface StateLook {
  readonly shape: MarkShape;
  readonly tone: MarkTone;
}

const LOOKS: Readonly<Record<EntityState, StateLook>> = {
  running: { shape: 'play', tone: 'running' },
  paused: { shape: 'bars', tone: 'paused' },
  off: { shape: 'ring', tone: 'off' },
  undefined: { shape: 'dashes', tone: 'off' },
  'shutting-down': { shape: 'down', tone: 'moving' },
  crashed: { shape: 'warning', tone: 'crashed' },
  migrating: { shape: 'arrow', tone: 'moving' },
  busy: { shape: 'dots', tone: 'moving' },
  'libvirt-lost': { shape: 'cross', tone: 'crashed' },
  available: { shape: 'disc', tone: 'running' },
  away: { shape: 'clock', tone: 'paused' },
  offline: { shape: 'slash', tone: 'off' },
  unknown: { shape: 'question', tone: 'off' },
};

const TONES: Readonly<Record<MarkTone, ChipTone>> = {
  running: 'running',
  paused: 'paused',
  off: 'plain',
  crashed: 'crashed',
  moving: 'moving',
  stale: 'stale',
  accent: 'plain',
};

function hostLook(state: EntityState): StateLook {
  if (state === 'libvirt-lost') return { shape: 'server-lost', tone: 'crashed' };
  if (state === 'offline' || state === 'unknown') return { shape: 'server-away', tone: 'off' };
  return { shape: 'server', tone: LOOKS[state].tone };
}

function personLook(state: EntityState): StateLook {
  if (state === 'offline' || state === 'unknown') return { shape: 'person-away', tone: 'off' };
  return { shape: 'person', tone: state === 'available' ? 'accent' : LOOKS[state].tone };
}

/** The mark of an entity: its shape says the state as well as its colour does; of what is only remembered the colour says no more. */
export function stateLook(kind: EntityKind, state: EntityState, isStale = false): StateLook {
  const look = currentLook(kind, state);
  return isStale && look.tone !== 'off' ? { ...look, tone: 'off' } : look;
}

function currentLook(kind: EntityKind, state: EntityState): StateLook {
  if (kind === 'hypervisor' || kind === 'central-agent') return hostLook(state);
  return kind === 'user' ? personLook(state) : LOOKS[state];
}

export function chipTone(state: EntityState): ChipTone {
  return TONES[LOOKS[state].tone];
}
