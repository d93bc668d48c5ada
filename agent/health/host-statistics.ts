import type { ReplyOf } from '../../core/protocol/define-action.ts';
import type { health } from '../../core/protocol/health.ts';

type HealthInfo = ReplyOf<typeof health.info>;

/** What can be measured of the machine beneath; the versions are libvirt's to tell. */
export type HostSample = Omit<HealthInfo, 'libvirt' | 'driver'>;

/** What is kept of a past sample. */
export type PastSample = ReplyOf<typeof health.history>[number];

/** The health of the machine beneath as original clients ask for it. */
export interface HostStatistics {
  /** The last sample; undefined before there is one. */
  latest(): HostSample | undefined;
  /** Past samples, the newest first, at most `limit`. */
  history(limit: number): readonly PastSample[];
}
