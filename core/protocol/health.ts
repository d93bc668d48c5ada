import { child, children } from './codec/elements.ts';
import { attribute, content, optional, record } from './codec/part.ts';
import { localDateTime, percent } from './codec/special-values.ts';
import { decimal, integer, pythonBoolean, text } from './codec/value.ts';
import { defineAction } from './define-action.ts';

const NAMESPACE = 'archipel:hypervisor:health';
const ours = { namespace: NAMESPACE, entity: 'hypervisor', origin: 'original' } as const;

const count = integer({ min: 0 });
const date = optional(
  attribute('date', localDateTime(), 'when it was measured, local time of the hypervisor'),
);
const limit = attribute('limit', integer({ min: 1, max: 100_000 }), 'how many, at most');

const memory = child(
  'memory',
  record({
    date,
    totalKib: attribute('total', count, 'memory, KiB'),
    usedKib: attribute('used', count, 'memory in use, without buffers and caches, KiB'),
    freeKib: attribute('free', count, 'memory free, with buffers and caches, KiB'),
    swappedKib: attribute('swapped', count, 'swap space in use, KiB'),
    sharedKib: attribute('shared', count, 'memory shared by same-page merging, KiB'),
  }),
);

const cpu = child(
  'cpu',
  record({
    date,
    idlePercent: attribute('id', decimal({ min: 0 }), 'time the CPUs idle, percent'),
  }),
);

const load = child(
  'load',
  record({
    date,
    one: attribute('one', decimal({ min: 0 }), 'load average of 1 minute'),
    five: attribute('five', decimal({ min: 0 }), 'load average of 5 minutes'),
    fifteen: attribute('fifteen', decimal({ min: 0 }), 'load average of 15 minutes'),
  }),
);

const networks = child(
  'networks',
  children(
    'network',
    record({
      name: attribute('name', text(), 'network device'),
      deltaBytes: attribute('delta', count, 'sent and received since the sample before, bytes'),
    }),
  ),
);

const usage = {
  usedBytes: attribute('used', count, 'in use, bytes'),
  availableBytes: attribute('available', count, 'available, bytes'),
  usedPercent: attribute('capacity', percent(), 'in use, percent'),
};

const partitions = children(
  'partition',
  record({
    ...usage,
    device: attribute('partition', text(), 'device'),
    mount: attribute('mount', text(), 'where it is mounted'),
    sizeKib: attribute('blocks', count, 'size, KiB'),
  }),
);

/** Original agents divide without remainder: version 9.0.0 has minor 9000. */
const version = record({
  major: attribute('major', count, 'version number div 1,000,000'),
  minor: attribute('minor', count, 'version number div 1,000, not reduced by the major part'),
  release: attribute('release', count, 'version number mod 1,000'),
});

const info = defineAction({
  ...ours,
  name: 'info',
  kind: 'get',
  permission: 'health_info',
  summary: 'The last sample of its health, and what it runs.',
  request: {},
  reply: record({
    memory,
    cpu,
    disk: child('disk', record({ ...usage, partitions })),
    networks,
    load,
    uptime: child('uptime', record({ text: attribute('up', text(), 'days and hours: `12d 4h`') })),
    system: child(
      'uname',
      record({
        kernelName: attribute('krelease', text(), 'name of the kernel; the two are swapped'),
        kernelRelease: attribute('kname', text(), 'release of the kernel; the two are swapped'),
        machine: attribute('machine', text(), 'architecture'),
        system: attribute('os', text(), 'operating system'),
      }),
    ),
    libvirt: child('libvirt', version),
    driver: child('driver', version),
    capabilities: child(
      'info',
      record({
        virtualisation: attribute('vmx', pythonBoolean(), 'whether the CPU helps virtualisation'),
      }),
    ),
  }),
  errors: ['health-info-failed', 'health-no-sample'],
});

const history = defineAction({
  ...ours,
  name: 'history',
  kind: 'get',
  permission: 'health_history',
  summary: 'Past samples, the newest first.',
  request: { limit },
  reply: children('stat', record({ memory, cpu, load, networks })),
  errors: ['health-history-failed', 'invalid-request'],
});

const logs = defineAction({
  ...ours,
  name: 'logs',
  kind: 'get',
  permission: 'health_logs',
  summary: 'The last lines of its agent’s log, the oldest first.',
  request: { limit },
  reply: children(
    'log',
    record({
      level: attribute('level', text(), 'level, with the rest of colour codes of the terminal'),
      date: attribute('date', text(), 'when it was written, local time of the hypervisor'),
      file: optional(attribute('file', text(), 'always empty')),
      method: optional(attribute('method', text(), 'always empty')),
      line: content(text(), 'the whole line'),
    }),
  ),
  errors: ['health-logs-failed', 'invalid-request'],
});

/** How a hypervisor is. Nothing is pushed. */
export const health = { info, history, logs };

/** A version in its three numbers, of what the health namespace sends. */
export function versionNumbers(sent: {
  readonly major: number;
  readonly minor: number;
  readonly release: number;
}): readonly [major: number, minor: number, release: number] {
  return [sent.major, sent.minor % 1000, sent.release];
}
