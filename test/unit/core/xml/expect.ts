import { expect } from 'vitest';
import type { Result } from '../../../../core/lib/result.ts';

/** The value of a result that must be one; fails the test with the error otherwise. */
export function expectOk<T, E>(result: Result<T, E>): T {
  if (!result.ok) expect.fail(`Expected a value, got ${JSON.stringify(result.error)}`);
  return result.value;
}
