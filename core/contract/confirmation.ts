import * as v from 'valibot';
import { call, reply } from './define.ts';

/** What a confirmation window of main's shows. Only such a window may call this group. */
export interface ConfirmationView {
  readonly title: string;
  readonly effect: string;
  readonly targets: readonly string[];
  /** The word on the button that goes ahead. */
  readonly verb: string;
  /** To be typed where it cannot be undone. */
  readonly typed?: string;
  readonly destructive: boolean;
}

export const confirmation = {
  view: call(v.undefined(), reply<ConfirmationView>()),
  answer: call(
    v.strictObject({ accepted: v.boolean(), typed: v.pipe(v.string(), v.maxLength(500)) }),
    reply<undefined>(),
  ),
};
