import type { TypingPlan } from './compile-text.ts';

/** Keys that are pressed together and let go of together. */
export interface KeyChord {
  readonly scancodes: readonly number[];
  /** How many UTF-16 units of the text are typed once it has been pressed, or are about to be. */
  readonly typed: number;
}

/**
 * A plan for who can only press keys together, as libvirt's send-key does: each chord has what is
 * down when the key that went down last comes up.
 */
export function chordsOf({ steps }: TypingPlan): readonly KeyChord[] {
  const held = new Set<number>();
  const chords: KeyChord[] = [];
  let isFresh = false;
  for (const { events, typed } of steps) {
    for (const { scancode, down } of events) {
      if (!down && isFresh) chords.push({ scancodes: [...held], typed });
      isFresh = down;
      if (down) held.add(scancode);
      else held.delete(scancode);
    }
  }
  return chords;
}
