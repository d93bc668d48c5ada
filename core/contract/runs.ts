import * as v from 'valibot';
import type { Hindrance } from '../commands/availability.ts';
import { EntityId } from '../domain/entity.ts';
import type { AppError } from './app-error.ts';
import { call, event, reply } from './define.ts';

export type RunItemState =
  | { readonly name: 'waiting' }
  | { readonly name: 'sent'; readonly at: number }
  | { readonly name: 'done'; readonly at: number; readonly note?: string }
  | { readonly name: 'failed'; readonly at: number; readonly error: AppError }
  | { readonly name: 'unknown'; readonly at: number; readonly error: AppError }
  | { readonly name: 'cancelled'; readonly at: number };

export interface RunItem {
  readonly entity: EntityId;
  readonly entityName: string;
  readonly state: RunItemState;
}

/** Those of a selection to whom a command was not given, because of the same hindrance. */
export interface LeftOut {
  /** Absent: by the time of the order, nothing stood in the way any more. */
  readonly hindrance?: Hindrance;
  readonly names: readonly string[];
}

/** A command given to one or many entities, with what came of each. */
export interface Run {
  readonly id: string;
  readonly command: string;
  readonly startedAt: number;
  readonly items: readonly RunItem[];
  /** Of a bulk command: those of the selection that could not take it. */
  readonly leftOut?: readonly LeftOut[];
  /** Of a command that takes a password: all else that it was given, to give it anew with another. */
  readonly input?: Readonly<Record<string, unknown>>;
  /** The command as it would be typed in a shell. */
  readonly commandLine: string;
  /** What the input names beside the targets, such as domains by UUID. */
  readonly within?: readonly string[];
  /** The command that takes this one back, where there is one. */
  readonly undo?: string;
}

const RunId = v.strictObject({ id: v.pipe(v.string(), v.maxLength(100)) });

export const runs = {
  /**
   * Starts a platform command. Main checks that it is allowed now, and asks for a confirmation in a
   * window of its own where the command table says so.
   */
  start: call(
    v.strictObject({
      command: v.pipe(v.string(), v.maxLength(100)),
      targets: v.pipe(v.array(EntityId), v.maxLength(100_000)),
      input: v.record(v.string(), v.unknown()),
      /** Entities that were selected too, and could not take the command. */
      leftOut: v.optional(v.pipe(v.array(EntityId), v.maxLength(100_000))),
    }),
    reply<{ readonly id: string }>(),
  ),
  /** Only what failed, with the same input; a password is asked for anew, for none is kept. */
  retry: call(RunId, reply<{ readonly id: string }>()),
  /** What has not been sent is not sent. */
  cancel: call(RunId, reply<undefined>()),
  list: call(v.undefined(), reply<readonly Run[]>()),
  changed: event<Run>(),
};
