import type { SshFailure } from '../../core/ssh/ssh-failure.ts';

/** Carries a failure through code that can only throw. */
export class SshFailureError extends Error {
  readonly failure: SshFailure | { readonly code: 'cancelled' };

  constructor(failure: SshFailure | { readonly code: 'cancelled' }) {
    super(failure.code);
    this.name = 'SshFailureError';
    this.failure = failure;
  }
}
