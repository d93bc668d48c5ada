import * as v from 'valibot';
import { call, reply } from './define.ts';

/** One thing that is about to be touched, or one line of what is about to be sent. */
export interface ConfirmationTarget {
  /** A name that its owner chose, or the line. */
  readonly text: string;
  /** What tells it from all others: its bare JID, or the UUID of a domain without one. */
  readonly identifier?: string;
  /** Name of the hypervisor it runs on, where that is known. */
  readonly hypervisor?: string;
  /** Why its name may deceive. */
  readonly warnings?: readonly string[];
}

/** What a confirmation window of main's shows. Only such a window may call this group. */
export interface ConfirmationView {
  readonly title: string;
  readonly effect: string;
  readonly targets: readonly ConfirmationTarget[];
  /** The word on the button that goes ahead. */
  readonly verb: string;
  /** To be typed where it cannot be undone. */
  readonly typed?: string;
  readonly destructive: boolean;
  /** Something secret that is wanted of the user. It goes to main, and from there to who asked. */
  readonly secret?: SecretField;
}

export interface SecretField {
  readonly label: string;
  /** It may be seen while it is typed, such as a one-time code. */
  readonly isShown: boolean;
  /** It can be kept in the keychain. */
  readonly canBeKept: boolean;
}

const Answer = v.strictObject({
  accepted: v.boolean(),
  /** The name that was to be typed, or the secret. */
  typed: v.pipe(v.string(), v.maxLength(1024)),
  isKept: v.optional(v.boolean()),
});
export type ConfirmationAnswer = v.InferInput<typeof Answer>;

export const confirmation = {
  /** Copies the identifier of a target, by its place in the list. */
  copy: call(v.strictObject({ target: v.pipe(v.number(), v.integer()) }), reply<undefined>()),
  view: call(v.undefined(), reply<ConfirmationView>()),
  answer: call(Answer, reply<undefined>()),
};
