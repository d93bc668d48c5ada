import * as v from 'valibot';
import { EntityId } from '../domain/entity.ts';
import type { AppError } from './app-error.ts';
import { call, event, reply } from './define.ts';

/** Where a terminal leads: a shell by SSH, or the text console of a machine. */
export interface TerminalRoute {
  readonly kind: 'ssh' | 'websocket' | 'tunnel';
  /** Host and port. */
  readonly address: string;
  /** Who is logged in, by SSH. */
  readonly user?: string;
  /** Nobody in between can read it. */
  readonly isEncrypted: boolean;
}

/** What a window is told of a terminal that it opened. */
export type TerminalState =
  | { readonly name: 'connecting' }
  | { readonly name: 'open'; readonly route: TerminalRoute }
  /** The other side ended it in peace; a shell tells its exit code. */
  | { readonly name: 'exited'; readonly code?: number }
  | { readonly name: 'ended'; readonly error: AppError };

const Key = v.pipe(v.string(), v.maxLength(100));
const Count = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000));
const size = { columns: Count, rows: Count };

export const terminals = {
  /**
   * Opens a shell on a hypervisor's host, or a machine's text console. Its bytes go both ways through
   * a port that is handed to the window under the same `key`, the window's own name for it.
   */
  open: call(
    v.strictObject({
      key: Key,
      entity: EntityId,
      kind: v.picklist(['shell', 'serial']),
      ...size,
      /** Ends the session of somebody else who has the text console. */
      force: v.optional(v.boolean()),
    }),
    reply<undefined>(),
  ),
  /** The terminal has so many columns and rows now. */
  resize: call(v.strictObject({ key: Key, ...size }), reply<undefined>()),
  close: call(v.strictObject({ key: Key }), reply<undefined>()),
  changed: event<{ readonly key: string; readonly state: TerminalState }>(),
};
