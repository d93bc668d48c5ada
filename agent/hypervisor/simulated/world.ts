import type { NodeInfo } from '../hypervisor.ts';
import { seededRandom } from './random.ts';

/** How busy a guest is on average. */
export interface Workload {
  /** Of each of its virtual CPUs, at most 0.5, so that the peaks still fit in the CPU. */
  readonly cpuShare: number;
  /** Of its memory, from 0 to 1. */
  readonly memoryShare: number;
  readonly rxBytesPerSecond: number;
  readonly txBytesPerSecond: number;
  readonly readBytesPerSecond: number;
  readonly writeBytesPerSecond: number;
}

/** A domain as the world begins with it. */
export interface SimulatedDomainDescription {
  /** Its definition as libvirt would take it. */
  readonly xml: string;
  readonly state?: 'running' | 'paused' | 'shutoff';
  readonly autostart?: boolean;
  /** How long it has been running already. */
  readonly uptimeMs?: number;
  readonly workload?: Workload;
  /** What its screen shows, before the prompt. */
  readonly screen?: readonly string[];
  /** The layout of the guest's keyboard, by the ids of layouts; us when absent. */
  readonly keyboard?: string;
  /** How long the guest takes to shut down when asked; undefined for one that never listens. */
  readonly shutdownMs?: number | undefined;
}

/** A simulated host and what runs on it. */
export interface SimulatedWorld {
  readonly hostname: string;
  readonly node: NodeInfo;
  readonly domains: readonly SimulatedDomainDescription[];
}

/** A believable load for a guest about which nothing is said. */
export function defaultWorkload(seed: number): Workload {
  const random = seededRandom(seed);
  const traffic = 2000 * 200 ** random();
  return {
    cpuShare: 0.02 + 0.4 * random() ** 2,
    memoryShare: 0.35 + 0.4 * random(),
    rxBytesPerSecond: traffic,
    txBytesPerSecond: traffic * (0.3 + 2 * random()),
    readBytesPerSecond: 20_000 * random(),
    writeBytesPerSecond: 4000 + 90_000 * random(),
  };
}
