import type { Result } from '../lib/result.ts';
import type { ElementReader, XmlElement } from '../xml/element.ts';
import { el } from '../xml/element.ts';
import { children } from './codec/elements.ts';
import { attribute, optional, record, type PartValue } from './codec/part.ts';
import type { ReadProblem } from './codec/problem.ts';
import { uuid } from './codec/special-values.ts';
import { decimal, integer, pythonBoolean, words } from './codec/value.ts';
import { firstChild } from './stanza-content.ts';
import { STATISTICS_NAMESPACE } from './statistics.ts';

const bytes = integer({ min: 0 });
const rate = decimal({ min: 0 });

const hypervisor = record({
  cpuPercent: attribute('cpu', rate, 'busy, percent of all its processors'),
  memoryTotalBytes: attribute('memory-total', bytes, 'memory, bytes'),
  memoryUsedBytes: attribute('memory-used', bytes, 'in use, without buffers and caches, bytes'),
  memorySharedBytes: attribute('memory-shared', bytes, 'saved by same-page merging (KSM), bytes'),
  memorySwappedBytes: attribute('memory-swapped', bytes, 'swap space in use, bytes'),
  load1: attribute('load-1', rate, 'load average of 1 minute'),
  load5: attribute('load-5', rate, 'load average of 5 minutes'),
  load15: attribute('load-15', rate, 'load average of 15 minutes'),
  diskTotalBytes: attribute('disk-total', bytes, 'size of all partitions, bytes'),
  diskUsedBytes: attribute('disk-used', bytes, 'in use on all partitions, bytes'),
  networks: children(
    'network',
    record({
      name: attribute('name', words(), 'network device'),
      receivedBytesPerSecond: attribute('received', rate, 'received, bytes per second'),
      sentBytesPerSecond: attribute('sent', rate, 'sent, bytes per second'),
    }),
  ),
  partitions: children(
    'partition',
    record({
      mount: attribute('mount', words(), 'where it is mounted'),
      totalBytes: attribute('total', bytes, 'size, bytes'),
      usedBytes: attribute('used', bytes, 'in use, bytes'),
    }),
  ),
});

const moment = integer({ min: 0, max: 8_640_000_000_000_000 });

const machine = record({
  uuid: attribute('uuid', uuid(), 'UUID of the virtual machine'),
  startedAtMs: optional(
    attribute('started', moment, 'since when it runs, milliseconds since 1970; absent: unknown'),
  ),
  isFirst: optional(
    attribute('first', pythonBoolean(), 'read for the first time: its rates are unknown'),
  ),
  cpuPercent: attribute('cpu', rate, 'busy, percent of its own virtual CPUs'),
  memoryTotalBytes: attribute('memory-total', bytes, 'what it has now, bytes'),
  memoryUsedBytes: attribute('memory-used', bytes, 'what it holds of it on the host, bytes'),
  blockReadBytesPerSecond: attribute('block-read', rate, 'read from disks, bytes per second'),
  blockWrittenBytesPerSecond: attribute('block-written', rate, 'written, bytes per second'),
  networkReceivedBytesPerSecond: attribute('network-received', rate, 'bytes per second'),
  networkSentBytesPerSecond: attribute('network-sent', rate, 'bytes per second'),
});

const samples = children(
  'sample',
  record({
    atMs: attribute('at', moment, 'when it was taken, milliseconds since 1970 in UTC'),
    intervalMs: optional(
      attribute(
        'interval',
        integer({ min: 1 }),
        'what its rates are means of, milliseconds; absent: unknown',
      ),
    ),
    hypervisors: children('hypervisor', hypervisor),
    machines: children('machine', machine),
  }),
);

/** What was measured at one moment; `hypervisors` has one entry, or none when it was not asked for. */
export type StatisticsSample = PartValue<typeof samples>[number];

const NAME = 'samples';

/** The shape of the pushed element, for documentation and tests. */
export const SAMPLES_SHAPE = samples.shape;

/** A message with samples for one session; servers drop it when that session is gone. */
export function writeSamples(to: string, values: readonly StatisticsSample[]): XmlElement {
  const { children: inner } = samples.write(values);
  return el('message', { to, type: 'headline' }, [
    el(NAME, { xmlns: STATISTICS_NAMESPACE }, inner),
  ]);
}

/** The samples in a message; undefined when it carries none. Who may send them is the caller's to know. */
export function readSamples(
  message: ElementReader,
): Result<readonly StatisticsSample[], ReadProblem> | undefined {
  const found = firstChild(message, NAME);
  if (found?.namespace !== STATISTICS_NAMESPACE) return undefined;
  return samples.read(found, NAME);
}
