import type { DomainState } from './domain.ts';

/** What can be asked of all domains in one call; see `virConnectGetAllDomainStats`. */
export const STATISTICS_GROUPS = ['state', 'cpu', 'balloon', 'vcpu', 'interface', 'block'] as const;
export type StatisticsGroup = (typeof STATISTICS_GROUPS)[number];

/** One virtual CPU. */
export interface VcpuStatistics {
  readonly index: number;
  /** CPU time used since the domain started. */
  readonly timeNs: bigint;
}

/** Memory as the hypervisor, and where it runs a balloon driver the guest, sees it. */
export interface BalloonStatistics {
  readonly currentKiB: number;
  readonly maximumKiB: number;
  /** What the process on the host really holds. */
  readonly residentKiB: number | undefined;
  /** What the guest says is free. */
  readonly unusedKiB: number | undefined;
}

/** Counters of one network interface since the domain started. */
export interface InterfaceCounters {
  readonly rxBytes: number;
  readonly rxPackets: number;
  readonly rxErrors: number;
  readonly rxDropped: number;
  readonly txBytes: number;
  readonly txPackets: number;
  readonly txErrors: number;
  readonly txDropped: number;
}

/** The counters with the name of the interface's device on the host, such as vnet0. */
export interface InterfaceStatistics extends InterfaceCounters {
  readonly name: string;
}

/** Counters of one disk since the domain started, and its sizes. */
export interface BlockStatistics {
  /** The disk's name in the guest, such as vda. */
  readonly name: string;
  readonly path: string | undefined;
  readonly readRequests: number;
  readonly readBytes: number;
  readonly writeRequests: number;
  readonly writeBytes: number;
  readonly allocationBytes: number | undefined;
  readonly capacityBytes: number | undefined;
  readonly physicalBytes: number | undefined;
}

/** One domain's figures; a part is undefined when it was not asked for, or the domain is off. */
export interface DomainStatistics {
  readonly uuid: string;
  readonly name: string;
  readonly state: DomainState | undefined;
  /** Means nothing for a domain that is off; libvirt then has a rest of its last run. */
  readonly cpuTimeNs: bigint | undefined;
  /** Since when it runs, milliseconds since 1970; only where the adapter knows, libvirt's does not. */
  readonly startedAtMs?: number;
  readonly balloon: BalloonStatistics | undefined;
  readonly vcpus: readonly VcpuStatistics[] | undefined;
  readonly interfaces: readonly InterfaceStatistics[] | undefined;
  readonly blocks: readonly BlockStatistics[] | undefined;
}
