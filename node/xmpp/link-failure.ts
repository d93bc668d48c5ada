import type { SessionFailure } from './session-failure.ts';

/** Carries a coded failure out of the middle of a negotiation; it never leaves the link. */
export class LinkFailureError extends Error {
  readonly failure: SessionFailure;

  constructor(failure: SessionFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

const NEEDS_USER: ReadonlySet<SessionFailure['code']> = new Set([
  'certificate',
  'tls-not-offered',
  'password-missing',
  'no-mechanism',
  'mechanism-downgraded',
  'server-not-verified',
  'registration-refused',
  'no-service',
]);

/** Whether trying again by itself is pointless or harmful: the user has to change something. */
export function needsUser(failure: SessionFailure): boolean {
  if (failure.code === 'not-authorized') return failure.condition !== 'temporary-auth-failure';
  // Another client took our resource. Coming back would take it from that one in turn, for ever.
  if (failure.code === 'stream-error') return failure.condition === 'conflict';
  return NEEDS_USER.has(failure.code);
}
