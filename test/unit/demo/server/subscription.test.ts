import { describe, expect, it } from 'vitest';
import {
  inbound,
  NO_SUBSCRIPTION,
  outbound,
  SUBSCRIPTION_TYPES,
  subscriptionName,
  type SubscriptionState,
} from '../../../../demo/server/subscription.ts';

/** The nine states in the words of RFC 6121 appendix A.1. */
const STATES: Readonly<Record<string, Partial<SubscriptionState>>> = {
  None: {},
  'None + Out': { pendingOut: true },
  'None + In': { pendingIn: true },
  'None + Out+In': { pendingOut: true, pendingIn: true },
  To: { to: true },
  'To + In': { to: true, pendingIn: true },
  From: { from: true },
  'From + Out': { from: true, pendingOut: true },
  Both: { to: true, from: true },
};

function state(name: string): SubscriptionState {
  return { ...NO_SUBSCRIPTION, ...STATES[name] };
}

function nameOf(wanted: SubscriptionState): string {
  const same = Object.keys(STATES).find((name) => {
    const known = { ...state(name), isListed: wanted.isListed };
    return JSON.stringify(known) === JSON.stringify(wanted);
  });
  return same ?? 'no state of the standard';
}

/** Each state: whether the stanza goes on, and the state after it, as the appendix's tables give them. */
const TABLES: Readonly<Record<string, readonly string[]>> = {
  'outbound subscribe': [
    'yes None + Out',
    'yes None + Out',
    'yes None + Out+In',
    'yes None + Out+In',
    'yes To',
    'yes To + In',
    'yes From + Out',
    'yes From + Out',
    'yes Both',
  ],
  'outbound unsubscribe': [
    'yes None',
    'yes None',
    'yes None + In',
    'yes None + In',
    'yes None',
    'yes None + In',
    'yes From',
    'yes From',
    'yes From',
  ],
  'outbound subscribed': [
    'no None',
    'no None + Out',
    'yes From',
    'yes From + Out',
    'no To',
    'yes Both',
    'no From',
    'no From + Out',
    'no Both',
  ],
  'outbound unsubscribed': [
    'no None',
    'no None + Out',
    'yes None',
    'yes None + Out',
    'no To',
    'yes To',
    'yes None',
    'yes None + Out',
    'yes To',
  ],
  'inbound subscribe': [
    'yes None + In',
    'yes None + Out+In',
    'no None + In',
    'no None + Out+In',
    'yes To + In',
    'no To + In',
    'no From',
    'no From + Out',
    'no Both',
  ],
  'inbound unsubscribe': [
    'no None',
    'no None + Out',
    'yes None',
    'yes None + Out',
    'no To',
    'yes To',
    'yes None',
    'yes None + Out',
    'yes To',
  ],
  'inbound subscribed': [
    'no None',
    'yes To',
    'no None + In',
    'yes To + In',
    'no To',
    'no To + In',
    'no From',
    'yes Both',
    'no Both',
  ],
  'inbound unsubscribed': [
    'no None',
    'yes None',
    'no None + In',
    'yes None + In',
    'yes None',
    'yes None + In',
    'no From',
    'yes From',
    'yes From',
  ],
};

describe('the subscription states', () => {
  for (const [direction, step] of [
    ['outbound', outbound],
    ['inbound', inbound],
  ] as const) {
    it.each(SUBSCRIPTION_TYPES)(`follow the standard's table for ${direction} %s`, (type) => {
      const got = Object.keys(STATES).map((name) => {
        const { next, goesOn } = step(state(name), type);
        return `${goesOn ? 'yes' : 'no'} ${nameOf(next)}`;
      });
      expect(got).toEqual(TABLES[`${direction} ${type}`]);
    });
  }

  it('are answered at once where the contact was approved before', () => {
    const answered = Object.keys(STATES).filter((name) => {
      return inbound(state(name), 'subscribe').isAnsweredAtOnce;
    });
    expect(answered).toEqual(['From', 'From + Out', 'Both']);
  });

  it('have four names in a roster item', () => {
    expect(
      ['None + In', 'To', 'From + Out', 'Both'].map((name) => subscriptionName(state(name))),
    ).toEqual(['none', 'to', 'from', 'both']);
  });
});
