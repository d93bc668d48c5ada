import * as v from 'valibot';
import { EntityId } from '../domain/entity.ts';
import type { AppError } from './app-error.ts';
import { call, event, reply } from './define.ts';

/** How it stands with the log of one hypervisor. */
export interface LogSourceState {
  readonly entity: EntityId;
  /** The name that its lines bear. */
  readonly name: string;
  /** Over SSH the whole file is followed; by XMPP the agent tells its last lines when asked. */
  readonly via: 'ssh' | 'xmpp';
  readonly state: 'connecting' | 'following' | 'missing' | 'denied' | 'waiting' | 'failed';
  /** Of what is missing or denied: the file on the host. */
  readonly file?: string;
  readonly error?: AppError;
  /** Of what waits: when it is tried again, in milliseconds since 1970. */
  readonly retryAt?: number;
}

/** What a window is told of a log that it opened. */
export type LogState =
  | { readonly name: 'open'; readonly sources: readonly LogSourceState[] }
  | { readonly name: 'ended'; readonly error: AppError };

const Key = v.pipe(v.string(), v.maxLength(100));

export const logs = {
  /**
   * Opens the logs of hypervisors, merged by time. Lines come through a port that is handed to the
   * window under the same `key`, the window's own name for this log; core/logs/log-port has its words.
   */
  open: call(
    v.strictObject({ key: Key, entities: v.pipe(v.array(EntityId), v.maxLength(1000)) }),
    reply<undefined>(),
  ),
  close: call(v.strictObject({ key: Key }), reply<undefined>()),
  /** Tries again at once what waits, and asks agents anew. */
  askNow: call(v.strictObject({ key: Key }), reply<undefined>()),
  /** Writes lines to a file that the user names; its path, or nothing when the user would not. */
  save: call(
    v.strictObject({
      key: Key,
      which: v.picklist(['shown', 'all']),
      name: v.pipe(v.string(), v.maxLength(200)),
    }),
    reply<{ readonly file: string; readonly lines: number } | undefined>(),
  ),
  changed: event<{ readonly key: string; readonly state: LogState }>(),
};
