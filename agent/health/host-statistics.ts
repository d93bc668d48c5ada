import type { ReplyOf } from '../../core/protocol/define-action.ts';
import type { health } from '../../core/protocol/health.ts';

type HealthInfo = ReplyOf<typeof health.info>;

/** What can be measured of the machine beneath; the versions are libvirt's to tell. */
export type HostSample = Omit<HealthInfo, 'libvirt' | 'driver'>;

/** Measures the machine beneath: the real one, or a simulated one. */
export interface HostStatistics {
  /** The last sample; undefined before there is one. */
  latest(): HostSample | undefined;
  /** Begins to measure, until the returned function is called. */
  start(): () => void;
}
