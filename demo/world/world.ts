import type { Workload } from '../../agent/hypervisor/simulated/world.ts';

/** How a machine is when the world begins. */
export type MachineState = 'crashed' | 'migrating' | 'off' | 'paused' | 'running';

/** A virtual machine of the demo. */
export interface Machine {
  readonly name: string;
  /** Lower case, and the node of its JID. */
  readonly uuid: string;
  readonly state: MachineState;
  readonly tags: readonly string[];
  /** A mail address. */
  readonly owner: string;
  readonly unit: string;
  readonly operatingSystem: string;
  /** The layout of its keyboard. */
  readonly keyboard: string;
  readonly memoryMib: number;
  /** What it can grow to while it runs. */
  readonly maxMemoryMib: number;
  readonly vcpus: number;
  readonly maxVcpus: number;
  readonly diskGib: number;
  readonly uptimeHours: number;
  readonly workload: Workload;
}

/** A hypervisor of the demo. */
export interface Host {
  /** The node of its JID, and its host name. */
  readonly name: string;
  readonly site: string;
  readonly tags: readonly string[];
  readonly sockets: number;
  readonly coresPerSocket: number;
  readonly mhz: number;
  readonly memoryGib: number;
  readonly machines: readonly Machine[];
}

export type Role = 'admin' | 'auditor' | 'operator' | 'user';

/** Somebody with an account. */
export interface Person {
  /** The node of the JID. */
  readonly name: string;
  readonly fullName: string;
  readonly role: Role;
  /** How they are seen while they are not logged in as themselves; offline when not given. */
  readonly seenAs?: 'available' | 'away';
}

/** Everything there is on the demo platform when it starts. */
export interface World {
  readonly organisation: string;
  readonly hosts: readonly Host[];
  readonly people: readonly Person[];
}
