import type { Presence } from './presence.ts';
import { ACTIVE, LIBVIRT_LOST, STANDBY } from './presence-words.ts';

/** What a hypervisor's presence tells. */
export interface HypervisorPresence {
  readonly state: 'offline' | 'available' | 'libvirt-lost';
  /** How many virtual machines it manages. */
  readonly machines?: number;
  /** A central agent is known to it. */
  readonly hasCentralAgent?: true;
  /** Its CPU does not help virtualisation. */
  readonly lacksVirtualisation?: true;
  /** `allocating` stays after a failed allocation of an original agent. */
  readonly activity?: 'initializing' | 'allocating' | 'waiting' | 'downloading';
  /** How long it still waits for the central agent, seconds. */
  readonly waitSeconds?: number;
}

const CENTRAL_PREFIX = '⚭ ';
const NO_VIRTUALISATION = ' — no VT';
const DOWNLOADING = 'Downloading appliance...';
const ACTIVITIES = {
  initializing: 'Initializing...',
  allocating: 'Allocating vm...',
} as const;

function inParentheses(text: string): Omit<HypervisorPresence, 'state'> {
  const wait = /^Waiting (\d+)s for central-agent$/.exec(text)?.[1];
  if (wait !== undefined) return { activity: 'waiting', waitSeconds: Number(wait) };
  if (/^\d+$/.test(text)) return { machines: Number(text) };
  if (text === ACTIVITIES.initializing) return { activity: 'initializing' };
  return text === ACTIVITIES.allocating ? { activity: 'allocating' } : {};
}

/** Reads what a hypervisor's presence tells. */
export function readHypervisorPresence({ type, status = '' }: Presence): HypervisorPresence {
  if (type !== undefined) return { state: 'offline' };
  if (status === LIBVIRT_LOST) return { state: 'libvirt-lost' };
  if (status === DOWNLOADING) return { state: 'available', activity: 'downloading' };
  const inner = /\(([^()]*)\)/.exec(status)?.[1] ?? '';
  return {
    state: 'available',
    ...inParentheses(inner),
    ...(status.startsWith(CENTRAL_PREFIX) ? { hasCentralAgent: true } : {}),
    ...(status.endsWith(NO_VIRTUALISATION) ? { lacksVirtualisation: true } : {}),
  };
}

function innerText({ activity, machines, waitSeconds }: HypervisorPresence): string | undefined {
  if (activity === 'waiting') return `Waiting ${waitSeconds ?? 0}s for central-agent`;
  if (activity === 'initializing' || activity === 'allocating') return ACTIVITIES[activity];
  return machines === undefined ? undefined : String(machines);
}

/** The presence a hypervisor of ours sends. */
export function writeHypervisorPresence(value: HypervisorPresence): Presence {
  if (value.state === 'offline') return { type: 'unavailable' };
  if (value.state === 'libvirt-lost') return { show: 'dnd', status: LIBVIRT_LOST };
  if (value.activity === 'downloading') return { status: DOWNLOADING };
  const inner = innerText(value);
  const prefix = value.hasCentralAgent === true ? CENTRAL_PREFIX : '';
  const suffix = value.lacksVirtualisation === true ? NO_VIRTUALISATION : '';
  if (inner === undefined && prefix === '' && suffix === '') return {};
  const counted = inner === undefined ? '' : ` (${inner})`;
  return { status: `${prefix}Online${counted}${suffix}` };
}

/** What a central agent's presence tells. */
export type CentralAgentState = 'offline' | 'available' | 'active' | 'standby';

/** Reads what a central agent's presence tells. */
export function readCentralAgentPresence({ type, status }: Presence): CentralAgentState {
  if (type !== undefined) return 'offline';
  if (status === ACTIVE) return 'active';
  return status === STANDBY ? 'standby' : 'available';
}

/** What a central agent of ours shows while it is online: there is no other that it could stand by for. */
export const PRESENCE_OF_CENTRAL_AGENT: Presence = { status: ACTIVE };
