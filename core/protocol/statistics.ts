import { children } from './codec/elements.ts';
import { machineChoice, measured } from './codec/measured-values.ts';
import { attribute, content, nothing, optional, record } from './codec/part.ts';
import { uuid } from './codec/special-values.ts';
import { choice, integer, pythonBoolean, words } from './codec/value.ts';
import { defineAction, type ReplyOf } from './define-action.ts';

/** Announced by disco#info; original agents do not know it. */
export const STATISTICS_NAMESPACE = 'archipel:statistics';

const ours = { namespace: STATISTICS_NAMESPACE, entity: 'hypervisor', origin: 'ours' } as const;

/** What is measured: of both, of a hypervisor, or of a machine; names with a device exist once for each. */
const SeriesName = choice([
  'cpu',
  'memory-total',
  'memory-used',
  'memory-shared',
  'memory-swapped',
  'load-1',
  'load-5',
  'load-15',
  'disk-total',
  'disk-used',
  'network-received',
  'network-sent',
  'partition-total',
  'partition-used',
  'block-read',
  'block-written',
]);

const interval = integer({ min: 1, max: 300 });
const lease = integer({ min: 10, max: 600 });
const moment = integer({ min: 0, max: 8_640_000_000_000_000 });

const subscribe = defineAction({
  ...ours,
  name: 'subscribe',
  kind: 'get',
  permission: 'health_info',
  summary:
    'Samples from now on, as messages to the very session that asks, until the lease ends. A session has one subscription; asking again replaces it and begins the lease anew.',
  request: {
    intervalSeconds: attribute('interval', interval, 'wanted between two samples, seconds'),
    leaseSeconds: attribute('lease', lease, 'how long samples are sent without a renewal, seconds'),
    hypervisor: optional(
      attribute('hypervisor', pythonBoolean(), 'whether those of the hypervisor itself are wanted'),
    ),
    machines: optional(
      attribute('machines', machineChoice(), 'of which virtual machines they are wanted'),
    ),
  },
  reply: record({
    intervalSeconds: attribute('interval', interval, 'between two samples, seconds; not shorter'),
    leaseSeconds: attribute('lease', lease, 'after which nothing is sent any more, seconds'),
  }),
  errors: ['statistics-subscribe-failed'],
});

const unsubscribe = defineAction({
  ...ours,
  name: 'unsubscribe',
  kind: 'get',
  permission: undefined,
  summary: 'Ends the subscription of the session that asks; without one nothing happens.',
  request: {},
  reply: nothing,
  errors: ['statistics-unsubscribe-failed'],
});

const history = defineAction({
  ...ours,
  name: 'history',
  kind: 'get',
  permission: 'health_history',
  summary: 'Past samples of the hypervisor or of one of its virtual machines, the oldest first.',
  request: {
    machine: optional(
      attribute(
        'machine',
        uuid(),
        'UUID of the virtual machine; the hypervisor itself when absent',
      ),
    ),
    fromMs: attribute('from', moment, 'the earliest, milliseconds since 1970 in UTC'),
    toMs: attribute('to', moment, 'the latest, milliseconds since 1970 in UTC'),
    stepSeconds: optional(
      attribute(
        'step',
        integer({ min: 1, max: 86_400 }),
        'at least this long between two samples, seconds; the finest there is when absent',
      ),
    ),
  },
  reply: record({
    fromMs: attribute('from', moment, 'time of the first value, milliseconds since 1970 in UTC'),
    stepMs: attribute('step', integer({ min: 1 }), 'between two values, milliseconds'),
    count: attribute('count', integer({ min: 0, max: 10_000 }), 'how many values each series has'),
    tierSeconds: attribute(
      'tier',
      integer({ min: 1 }),
      'between two samples of the tier it was read from, seconds',
    ),
    oldestMs: optional(
      attribute('oldest', moment, 'the oldest sample kept in any tier, milliseconds since 1970'),
    ),
    series: children(
      'series',
      record({
        name: attribute('name', SeriesName, 'what was measured; units are below'),
        device: optional(
          attribute('device', words(), 'network device, or mount point of the partition'),
        ),
        of: optional(
          attribute(
            'of',
            choice(['min', 'max']),
            'the lowest or highest of what a value stands for; the mean when absent',
          ),
        ),
        values: content(measured(), 'one value a step'),
      }),
    ),
  }),
  errors: ['statistics-history-failed', 'permission-denied', 'vm-unknown'],
});

/** Samples of a hypervisor and its virtual machines, pushed while somebody looks, and their history. */
export const statistics = { subscribe, unsubscribe, history };

/** Past samples, as `history` answers. */
export type StatisticsHistory = ReplyOf<typeof history>;
