import * as v from 'valibot';
import { call, reply } from './define.ts';

/** What either side may put into the other's clipboard, in UTF-16 units: as UTF-8 it is 1 MiB at most. */
export const MOST_CLIPBOARD = 262_144;

const Console = { key: v.pipe(v.string(), v.maxLength(100)) };

/** What this computer's clipboard has for a guest. */
export type GivenClipboard =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'too-long'; readonly length: number };

/**
 * The clipboard that a guest shares. Main lets it pass only for a console that is open in the window
 * that asks, while that window has the keyboard, and once the user has agreed to share it.
 */
export const guestClipboard = {
  read: call(v.strictObject(Console), reply<GivenClipboard>()),
  write: call(
    v.strictObject({ ...Console, text: v.pipe(v.string(), v.maxLength(MOST_CLIPBOARD)) }),
    reply<undefined>(),
  ),
};
