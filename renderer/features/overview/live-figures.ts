import { cpuOf, type EntitySample } from '../../../core/contract/statistics.ts';
import type { ReplyOf } from '../../../core/protocol/define-action.ts';
import type { health } from '../../../core/protocol/health.ts';

type Health = ReplyOf<typeof health.info>;
type Disk = Pick<Health['disk'], 'usedBytes' | 'availableBytes' | 'usedPercent'>;

const KIB = 1024;

/** What a hypervisor answered, with the figures that it has pushed since. */
export function withSample(info: Health, sample: EntitySample | undefined): Health {
  if (sample?.kind !== 'hypervisor') return info;
  const { values } = sample;
  const used = new Map(values.partitions.map((one) => [one.mount, one.usedBytes]));
  return {
    ...info,
    memory: {
      ...info.memory,
      totalKib: values.memoryTotalBytes / KIB,
      usedKib: values.memoryUsedBytes / KIB,
      freeKib: (values.memoryTotalBytes - values.memoryUsedBytes) / KIB,
      sharedKib: values.memorySharedBytes / KIB,
      swappedKib: values.memorySwappedBytes / KIB,
    },
    load: { ...info.load, one: values.load1, five: values.load5, fifteen: values.load15 },
    disk: {
      ...info.disk,
      ...filled(info.disk, values.diskUsedBytes),
      partitions: info.disk.partitions.map((one) => ({
        ...one,
        ...filled(one, used.get(one.mount) ?? one.usedBytes),
      })),
    },
  };
}

/**
 * How busy its processors are, percent; undefined where that is not known yet. An agent that looked only
 * once answers that all is idle: from one that pushes, what it measured comes in a moment.
 */
export function busyPercent(
  { cpu }: Health,
  sample: EntitySample | undefined,
  isPushed: boolean,
): number | undefined {
  if (sample) return cpuOf(sample);
  return isPushed && cpu.idlePercent === 100 ? undefined : 100 - cpu.idlePercent;
}

/** A file system keeps something for root, so that what is used and what is available is not all. */
function filled({ usedBytes, availableBytes }: Disk, nowUsedBytes: number): Disk {
  const available = Math.max(0, availableBytes + usedBytes - nowUsedBytes);
  const usedPercent = (100 * nowUsedBytes) / Math.max(1, nowUsedBytes + available);
  return { usedBytes: nowUsedBytes, availableBytes: available, usedPercent };
}
