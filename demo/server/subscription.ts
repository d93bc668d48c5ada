/** How one side of two contacts sees the other (RFC 6121 appendix A.1). */
export interface SubscriptionState {
  /** The owner sees the contact's presence. */
  readonly to: boolean;
  /** The contact sees the owner's presence. */
  readonly from: boolean;
  /** The owner has asked and waits. */
  readonly pendingOut: boolean;
  /** The contact has asked and waits. */
  readonly pendingIn: boolean;
  /** The owner put the contact in the roster, whatever becomes of the subscriptions. */
  readonly isListed: boolean;
}

export const NO_SUBSCRIPTION: SubscriptionState = {
  to: false,
  from: false,
  pendingOut: false,
  pendingIn: false,
  isListed: false,
};

export const SUBSCRIPTION_TYPES = [
  'subscribe',
  'subscribed',
  'unsubscribe',
  'unsubscribed',
] as const;
export type SubscriptionType = (typeof SUBSCRIPTION_TYPES)[number];

/** What becomes of a state, and whether the stanza goes on: to the contact, or to the owner. */
export interface SubscriptionStep {
  readonly next: SubscriptionState;
  readonly goesOn: boolean;
  /** The owner agreed before: its server answers in its name. */
  readonly isAnsweredAtOnce?: boolean;
}

/** What a stanza of the owner does to its own state (RFC 6121 appendix A.2). */
export function outbound(state: SubscriptionState, type: SubscriptionType): SubscriptionStep {
  const isKnown = state.from || state.pendingIn;
  switch (type) {
    case 'subscribe':
      return { next: { ...state, pendingOut: !state.to, isListed: true }, goesOn: true };
    case 'unsubscribe':
      return { next: { ...state, to: false, pendingOut: false }, goesOn: true };
    case 'subscribed': {
      const next = { ...state, from: true, pendingIn: false, isListed: true };
      return state.pendingIn ? { next, goesOn: true } : { next: state, goesOn: false };
    }
    case 'unsubscribed':
      return { next: { ...state, from: false, pendingIn: false }, goesOn: isKnown };
  }
}

/** What a stanza of the contact does to the owner's state (RFC 6121 appendix A.3). */
export function inbound(state: SubscriptionState, type: SubscriptionType): SubscriptionStep {
  switch (type) {
    case 'subscribe':
      if (state.from) return { next: state, goesOn: false, isAnsweredAtOnce: true };
      return { next: { ...state, pendingIn: true }, goesOn: !state.pendingIn };
    case 'unsubscribe':
      return {
        next: { ...state, from: false, pendingIn: false },
        goesOn: state.from || state.pendingIn,
      };
    case 'subscribed':
      if (!state.pendingOut) return { next: state, goesOn: false };
      return { next: { ...state, to: true, pendingOut: false }, goesOn: true };
    case 'unsubscribed':
      return {
        next: { ...state, to: false, pendingOut: false },
        goesOn: state.to || state.pendingOut,
      };
  }
}

/** The state as a roster item names it. */
export function subscriptionName(state: SubscriptionState): 'both' | 'from' | 'none' | 'to' {
  if (state.to) return state.from ? 'both' : 'to';
  return state.from ? 'from' : 'none';
}
