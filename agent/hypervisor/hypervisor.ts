import type { Domains } from './domains.ts';
import type { HypervisorError, HypervisorReply } from './hypervisor-error.ts';
import type { StatisticsGroup } from './statistics.ts';

/** Who answers at the other end. */
export interface HypervisorIdentity {
  /** What was really opened, such as qemu:///system. */
  readonly uri: string;
  readonly hostname: string;
  /** The driver's name in libvirt's spelling, such as QEMU or TEST. */
  readonly driver: string;
  /** Major × 1,000,000 + minor × 1,000 + release. */
  readonly driverVersion: number;
  /** The daemon's, counted in the same way. */
  readonly libvirtVersion: number;
}

/** The machine beneath, as `virNodeGetInfo` tells it. */
export interface NodeInfo {
  /** The CPU's kind, such as x86_64. */
  readonly model: string;
  readonly memoryKiB: number;
  readonly cpus: number;
  readonly mhz: number;
  readonly numaNodes: number;
  readonly sockets: number;
  readonly coresPerSocket: number;
  readonly threadsPerCore: number;
}

/** What the driver was found to offer; what cannot be known before it is tried answers `unsupported`. */
export interface HypervisorFeatures {
  readonly events: boolean;
  readonly statistics: readonly StatisticsGroup[];
}

/** The connection came up, or went down and why. After it came up, all that was known may be out of date. */
export type ConnectionEvent =
  | {
      readonly state: 'connected';
      readonly identity: HypervisorIdentity;
      readonly features: HypervisorFeatures;
    }
  | { readonly state: 'disconnected'; readonly error: HypervisorError };

/**
 * What the agent needs of a hypervisor, in libvirt's words. Adapters: `libvirt/` and `simulated/`;
 * one contract test-suite runs against both. No call rejects for an expected reason.
 */
export interface Hypervisor {
  /**
   * Connects and keeps the connection until `close`, connecting again whenever it is lost. Where the
   * first try fails the answer says why, and the adapter goes on trying; `onConnection` tells.
   */
  connect(): HypervisorReply<HypervisorIdentity>;
  /** Ends the connection for good; calls that wait for an answer end as `disconnected`. */
  close(): Promise<void>;
  /** Tells each coming up and going down until the returned function is called. */
  onConnection(listener: (event: ConnectionEvent) => void): () => void;

  /** The capabilities document, see https://libvirt.org/formatcaps.html. */
  capabilities(): HypervisorReply<string>;
  nodeInfo(): HypervisorReply<NodeInfo>;

  readonly domains: Domains;
}
