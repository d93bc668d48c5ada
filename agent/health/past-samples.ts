import { localDateTimeOf } from '../../core/protocol/local-date-time.ts';
import type { Columns } from './columns.ts';
import type { PastSample } from './host-statistics.ts';
import { HYPERVISOR_SUBJECT, type Past } from './past.ts';
import { rounded } from './samples.ts';
import { columnOf, meanSeries, seriesOf } from './step.ts';

const KIB = 1024;

/** The past of a hypervisor as original clients ask for it: the newest first, coarser the older it is. */
export function pastSamples(past: Past, limit: number): readonly PastSample[] {
  const samples: PastSample[] = [];
  let oldestMs = Number.POSITIVE_INFINITY;
  for (const [index, columns] of past.of(HYPERVISOR_SUBJECT).entries()) {
    const stepMs = past.tiers[index]?.stepMs ?? 0;
    for (let row = columns.count - 1; row >= 0 && samples.length < limit; row -= 1) {
      const atMs = columns.timeAt(row) ?? 0;
      if (atMs + stepMs > oldestMs) continue;
      samples.push(sampleAt(columns, row, atMs, stepMs / 1000));
      oldestMs = atMs;
    }
  }
  return samples;
}

function sampleAt(columns: Columns, row: number, atMs: number, seconds: number): PastSample {
  const date = localDateTimeOf(new Date(atMs));
  const value = (name: string, device?: string): number =>
    columns.valueAt(row, columnOf('mean', seriesOf({ name, device }))) ?? 0;
  const kib = (name: string): number => Math.round(value(name) / KIB);
  const devices = columns.names.flatMap((column) => {
    const key = meanSeries(column);
    return key?.name === 'network-received' && key.device !== undefined ? [key.device] : [];
  });
  return {
    memory: {
      date,
      totalKib: kib('memory-total'),
      usedKib: kib('memory-used'),
      freeKib: kib('memory-total') - kib('memory-used'),
      swappedKib: kib('memory-swapped'),
      sharedKib: kib('memory-shared'),
    },
    cpu: { date, idlePercent: rounded(100 - value('cpu')) },
    load: {
      date,
      one: rounded(value('load-1')),
      five: rounded(value('load-5')),
      fifteen: rounded(value('load-15')),
    },
    networks: devices.map((name) => {
      const perSecond = value('network-received', name) + value('network-sent', name);
      return { name, deltaBytes: Math.round(perSecond * seconds) };
    }),
  };
}
