import * as v from 'valibot';
import { EntityId } from '../domain/entity.ts';
import { LAYOUT_IDS, type LayoutId } from '../keyboard/layout.ts';
import type { AppError } from './app-error.ts';
import { call, event, reply } from './define.ts';

const Layout = v.picklist(LAYOUT_IDS);

/** How what is pressed here goes to a guest: as the same keys, or as the characters they give here. */
export const KEYBOARD_WAYS = ['auto', 'physical', 'text'] as const;
const KeyboardWay = v.picklist(KEYBOARD_WAYS);
export type KeyboardWay = v.InferOutput<typeof KeyboardWay>;

/** What the user chose for the keyboard of a machine's guest. */
export const GuestKeyboard = v.strictObject({
  layout: v.optional(Layout),
  way: v.optional(KeyboardWay),
  /** The keymap of which the user wants to hear no more. */
  knownKeymap: v.optional(v.pipe(v.string(), v.maxLength(100))),
});
export type GuestKeyboard = v.InferOutput<typeof GuestKeyboard>;

/** The keyboard of a machine's guest, as far as it is known. */
export interface GuestKeyboardView {
  readonly layout: LayoutId;
  /** Nobody chose the layout: it is that of the keymap, or else of the United States. */
  readonly isGuessed: boolean;
  readonly way: KeyboardWay;
  /** Layout by which the hypervisor maps keysyms (`graphics/@keymap`). */
  readonly keymap: string | undefined;
  /** The keymap of which the user wants to hear no more. */
  readonly knownKeymap: string | undefined;
}

/** A text that is being typed, under the key that the window gave it; counts in UTF-16 units. */
export type TypingState =
  | { readonly name: 'connecting' }
  | { readonly name: 'typing'; readonly certain: number; readonly sent: number }
  /** No key is down. For a secret the counts are 0. */
  | {
      readonly name: 'ended';
      readonly how: 'done' | 'stopped' | 'lost';
      readonly certain: number;
      readonly sent: number;
    }
  /** Nothing was typed. */
  | { readonly name: 'failed'; readonly error: AppError };

/** What a text may have at most, in UTF-16 units: at the usual pace it takes half an hour. */
export const MOST_TEXT = 50_000;

const Key = v.pipe(v.string(), v.maxLength(100));
const SecretName = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
const How = {
  key: Key,
  entity: EntityId,
  layout: Layout,
  /** How long each key event takes, in milliseconds. */
  eventMs: v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(500)),
};

/** Texts for guests, typed by the streams process through a connection of their own. */
export const typing = {
  guest: call(v.strictObject({ entity: EntityId }), reply<GuestKeyboardView>()),
  /** Remembers what is given; the rest stays. */
  remember: call(
    v.strictObject({ entity: EntityId, keyboard: GuestKeyboard }),
    reply<GuestKeyboardView>(),
  ),
  /** Begins to type; what comes of it is told under the key. */
  type: call(
    v.strictObject({ ...How, text: v.pipe(v.string(), v.minLength(1), v.maxLength(MOST_TEXT)) }),
    reply<undefined>(),
  ),
  /** Names of the secrets that can be typed; none of them ever comes to a window. */
  secrets: call(v.undefined(), reply<readonly string[]>()),
  /** Asks the user for a secret in a window of main's own, and keeps it in the keychain. */
  addSecret: call(v.strictObject({ name: SecretName }), reply<readonly string[]>()),
  forgetSecret: call(v.strictObject({ name: SecretName }), reply<readonly string[]>()),
  /** Types a secret once the user said so in a window of main's own. */
  typeSecret: call(
    v.strictObject({ ...How, name: SecretName, endsWithEnter: v.boolean() }),
    reply<undefined>(),
  ),
  /** Stops at once, with all keys released. */
  stop: call(v.strictObject({ key: Key }), reply<undefined>()),
  changed: event<{ readonly key: string; readonly state: TypingState }>(),
};
