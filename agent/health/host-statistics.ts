import type { ReplyOf } from '../../core/protocol/define-action.ts';
import type { health } from '../../core/protocol/health.ts';

type HealthInfo = ReplyOf<typeof health.info>;

/** What can be measured of the machine beneath; the versions are libvirt's to tell. */
export type HostSample = Omit<HealthInfo, 'libvirt' | 'driver' | 'networks'> & {
  /** What passed since the sample before. */
  readonly networks: readonly NetworkTraffic[];
  /** Since the sample before; 0 for the first. */
  readonly intervalMs: number;
};

/** Bytes that passed through a network device, both ways together and each. */
export interface NetworkTraffic {
  readonly name: string;
  readonly deltaBytes: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

/** What is kept of a past sample. */
export type PastSample = ReplyOf<typeof health.history>[number];

/** Measures the machine beneath: the real one, or a simulated one. */
export interface HostStatistics {
  /** The last sample; undefined before there is one. */
  latest(): HostSample | undefined;
  /** Past samples, the newest first, at most `limit`. */
  history(limit: number): readonly PastSample[];
  /** Begins to measure, until the returned function is called. */
  start(): () => void;
}
