import type { AppError } from '../../core/contract/app-error.ts';
import type { Messages } from '../../core/messages/catalogue.ts';

/** Turns a failure into what happened and what to do. */
export function describeError(
  error: AppError,
  words: Messages,
): { readonly title: string; readonly hint: string } {
  return words.shell.failure(error.code);
}
