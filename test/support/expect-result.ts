import type { Result } from '../../core/lib/result.ts';

/** The value of a result that must be one; shows the error otherwise. */
export function expectOk<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  throw new Error(`expected a value, but failed: ${JSON.stringify(result.error)}`);
}

/** The error of a result that must be one; shows the value otherwise. */
export function expectErr<E>(result: Result<unknown, E>): E {
  if (!result.ok) return result.error;
  throw new Error(`expected a failure, but got: ${JSON.stringify(result.value)}`);
}
