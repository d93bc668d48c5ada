import { attribute, nothing, record } from './codec/part.ts';
import { integer } from './codec/value.ts';
import { defineAction } from './define-action.ts';

/** Announced by disco#info; original agents do not know it and are asked for `health.logs`. */
export const LOG_NAMESPACE = 'archipel:log';

const ours = { namespace: LOG_NAMESPACE, entity: 'hypervisor', origin: 'ours' } as const;
const lease = integer({ min: 10, max: 600 });

const subscribe = defineAction({
  ...ours,
  name: 'subscribe',
  kind: 'get',
  permission: 'health_logs',
  summary:
    'New lines of its agent’s log from now on, as messages to the very session that asks, until the lease ends. Asking again begins the lease anew.',
  request: {
    leaseSeconds: attribute('lease', lease, 'how long lines are sent without a renewal, seconds'),
  },
  reply: record({
    leaseSeconds: attribute('lease', lease, 'after which nothing is sent any more, seconds'),
  }),
  errors: ['log-subscribe-failed'],
});

const unsubscribe = defineAction({
  ...ours,
  name: 'unsubscribe',
  kind: 'get',
  permission: undefined,
  summary: 'Ends the subscription of the session that asks; without one nothing happens.',
  request: {},
  reply: nothing,
  errors: ['log-unsubscribe-failed'],
});

/** The log of a hypervisor's agent, pushed while somebody looks. */
export const log = { subscribe, unsubscribe };
