import type { Presence, Show } from './presence.ts';
import type { Activity, Mishap } from './presence-words.ts';
import * as words from './presence-words.ts';

/** What a virtual machine's presence tells. `available`: it is there, and has not said more yet. */
export type VmPresence =
  | { readonly state: 'offline' | 'available' | 'shutting-down' | 'crashed' | 'libvirt-lost' }
  | {
      readonly state: 'running' | 'paused' | 'off' | 'undefined';
      /** What went wrong last. */
      readonly mishap?: Mishap;
    }
  | {
      readonly state: 'busy';
      /** Undefined for work that this version does not know. */
      readonly activity: Activity | undefined;
      /** The other machine of a copy. */
      readonly peer?: string;
    }
  | {
      readonly state: 'migrating';
      /** 0 to 100. */
      readonly percent: number;
    };

const ACTIVITIES = Object.entries(words.ACTIVITIES) as [Activity, string][];
const MISHAPS = Object.entries(words.MISHAPS) as [Mishap, string][];

function busy(status: string): VmPresence {
  for (const [activity, text] of ACTIVITIES) {
    if (status === text) return { state: 'busy', activity };
    const [before = '', after] = text.split('%');
    const isNamed = after !== undefined && status.startsWith(before);
    if (isNamed) return { state: 'busy', activity, peer: status.slice(before.length) };
  }
  return { state: 'busy', activity: undefined };
}

const EXACT = new Map<string, VmPresence>([
  [words.LIBVIRT_LOST, { state: 'libvirt-lost' }],
  [words.SHUTTING_DOWN, { state: 'shutting-down' }],
  // Said without a show when a machine has just left for another hypervisor.
  [words.SHUT_OFF, { state: 'off' }],
  [words.NOT_DEFINED, { state: 'undefined' }],
  [words.CRASHED, { state: 'crashed' }],
]);

function settled(show: Show | undefined): 'running' | 'paused' | 'off' {
  if (show === 'away') return 'paused';
  return show === 'xa' ? 'off' : 'running';
}

function migrating(status: string): VmPresence | undefined {
  const percent = /^Migrating - (\d{1,3})%$/.exec(status)?.[1];
  if (percent === undefined) return undefined;
  return { state: 'migrating', percent: Math.min(100, Number(percent)) };
}

function settledPresence(show: Show | undefined, status: string): VmPresence {
  const mishap = MISHAPS.find(([, text]) => text === status)?.[0];
  return { state: settled(show), ...(mishap === undefined ? {} : { mishap }) };
}

/** Reads what a virtual machine's presence tells. */
export function readVmPresence(presence: Presence): VmPresence {
  if (presence.type !== undefined) return { state: 'offline' };
  const { show, status = '' } = presence;
  if (show === undefined && status === '') return { state: 'available' };
  const said = migrating(status) ?? EXACT.get(status);
  if (said !== undefined) return said;
  return show === 'dnd' ? busy(status) : settledPresence(show, status);
}

/**
 * Whether a state is about to be followed by another. Original agents say "crashed" in the middle
 * of every orderly shutdown, so it means nothing until it has lasted.
 */
export function isPassing({ state }: VmPresence): boolean {
  return state === 'crashed' || state === 'shutting-down' || state === 'available';
}

const SETTLED: Readonly<Record<'running' | 'paused' | 'off' | 'undefined', Presence>> = {
  running: { status: words.RUNNING },
  paused: { show: 'away', status: words.PAUSED },
  off: { show: 'xa', status: words.OFF },
  undefined: { show: 'xa', status: words.NOT_DEFINED },
};

const PASSING: Readonly<
  Record<'offline' | 'available' | 'shutting-down' | 'crashed' | 'libvirt-lost', Presence>
> = {
  offline: { type: 'unavailable' },
  available: {},
  'shutting-down': { status: words.SHUTTING_DOWN },
  crashed: { show: 'xa', status: words.CRASHED },
  'libvirt-lost': { show: 'dnd', status: words.LIBVIRT_LOST },
};

function busyText(activity: Activity | undefined, peer: string): string {
  return activity === undefined ? 'Busy' : words.ACTIVITIES[activity].replace('%', () => peer);
}

/** The presence a virtual machine of ours sends; `show` of a migration is the one from before. */
export function writeVmPresence(value: VmPresence, showBefore?: Show): Presence {
  switch (value.state) {
    case 'busy':
      return { show: 'dnd', status: busyText(value.activity, value.peer ?? '') };
    case 'migrating': {
      const before = showBefore === undefined ? {} : { show: showBefore };
      return { ...before, status: `Migrating - ${value.percent}%` };
    }
    case 'running':
    case 'paused':
    case 'off':
    case 'undefined': {
      const settledOne = SETTLED[value.state];
      if (value.mishap === undefined) return settledOne;
      return { ...settledOne, status: words.MISHAPS[value.mishap] };
    }
    default:
      return PASSING[value.state];
  }
}
