import * as v from 'valibot';
import { EntityId } from '../domain/entity.ts';
import type { AppError } from './app-error.ts';
import { call, event, reply } from './define.ts';

/**
 * A question a panel keeps open: one `get` action of one entity. Main answers now and again at each
 * push that concerns it; windows that ask the same share one stanza.
 */
export const Query = v.strictObject({
  entity: EntityId,
  /** Namespace and name of an action of kind `get`. */
  namespace: v.pipe(v.string(), v.maxLength(200)),
  action: v.pipe(v.string(), v.maxLength(100)),
  input: v.record(v.string(), v.union([v.string(), v.number(), v.boolean()])),
});
export type Query = v.InferOutput<typeof Query>;

/** `value` is typed by the action's reply codec; `at` in milliseconds since 1970. */
export type QueryState<T = unknown> =
  | { readonly name: 'loading' }
  | { readonly name: 'ready'; readonly value: T; readonly at: number }
  | { readonly name: 'stale'; readonly value: T; readonly at: number; readonly error?: AppError }
  | { readonly name: 'denied'; readonly error: AppError }
  | { readonly name: 'unsupported'; readonly error: AppError }
  | { readonly name: 'failed'; readonly error: AppError };

const Key = v.pipe(v.string(), v.maxLength(100));

export const queries = {
  /** `key` is the window's own name for this question. */
  open: call(v.strictObject({ key: Key, query: Query }), reply<undefined>()),
  refresh: call(v.strictObject({ key: Key }), reply<undefined>()),
  close: call(v.strictObject({ key: Key }), reply<undefined>()),
  changed: event<{ readonly key: string; readonly state: QueryState }>(),
};
