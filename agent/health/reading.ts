import type { DomainStatistics } from '../hypervisor/statistics.ts';
import type { HostSample } from './host-statistics.ts';
import type { MachineReading } from './machine-reading.ts';

/** Bytes through one network device since it came up. */
export interface Traffic {
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

/** The machine beneath at one moment. Counters only ever grow, but for a restart. */
export interface HostReading {
  /** In any unit of time; only their ratio between two moments counts. */
  readonly cpu: { readonly idle: number; readonly total: number };
  readonly memory: Omit<HostSample['memory'], 'date'>;
  readonly load: Omit<HostSample['load'], 'date'>;
  readonly networks: ReadonlyMap<string, Traffic>;
  readonly disk: HostSample['disk'];
  readonly uptime: HostSample['uptime'];
  readonly system: HostSample['system'];
  readonly capabilities: HostSample['capabilities'];
}

/** The machine beneath and its domains at one moment. */
export interface Reading {
  readonly atMs: number;
  readonly host: HostReading;
  /** Those that run, by UUID. */
  readonly machines: ReadonlyMap<string, MachineReading>;
}

/** Looks at the machine beneath: the real one, or a simulated one. */
export interface HostProbe {
  /**
   * `guests` are its domains at this moment, which may still be asked; a real machine shows by itself
   * what they use, and is read meanwhile.
   */
  read(guests: Promise<ReadonlyMap<string, DomainStatistics>>): Promise<HostReading>;
  /** Since when the processes of these domains run, by UUID; without those that cannot be found. */
  startsOf(uuids: ReadonlySet<string>): Promise<ReadonlyMap<string, number>>;
  /** Lets go of what it keeps open between two readings, if it does. */
  close?(): void;
}

/** How much a counter grew; nothing when it began anew. */
export function grown(before: number | undefined, now: number): number {
  return before === undefined ? 0 : Math.max(0, now - before);
}
