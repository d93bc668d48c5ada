import * as v from 'valibot';
import { EntityId } from '../domain/entity.ts';
import { call, reply } from './define.ts';

/** What came of a text for one machine. */
export interface BroadcastOutcome {
  readonly entity: EntityId;
  /** Its console was open and took all the keys; where it ended before, nothing of the rest is typed. */
  readonly isOpen: boolean;
  /** How far a text came that ended in the middle, as at the sleep of this computer; in characters. */
  readonly stopped?: { readonly typed: number; readonly all: number };
  /** Characters of the text that its layout cannot give: with one of them nothing of it is typed. */
  readonly untypable: number;
}

/** Machines that one window may type into at once. */
const Targets = v.pipe(v.array(EntityId), v.minLength(1), v.maxLength(200));

/**
 * Typing into many machines at once, through the consoles that the window has open. It begins once
 * the user has agreed in a window of main's own, for exactly these machines, and until it is ended.
 */
export const broadcast = {
  begin: call(v.strictObject({ targets: Targets }), reply<undefined>()),
  /**
   * Types a text into all of them, each by the layout of its guest; a line feed is Enter. It is replied
   * once the last of them is done.
   */
  type: call(
    v.strictObject({ text: v.pipe(v.string(), v.minLength(1), v.maxLength(4_000)) }),
    reply<readonly BroadcastOutcome[]>(),
  ),
  /** Presses a combination of core/rfb/key-combinations in all of them. */
  press: call(
    v.strictObject({ keys: v.pipe(v.string(), v.maxLength(40)) }),
    reply<readonly BroadcastOutcome[]>(),
  ),
  end: call(v.undefined(), reply<undefined>()),
};
