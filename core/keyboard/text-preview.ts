import type { UntypableCharacter } from './compile-text.ts';

/** A part of a text that is all alike. */
export interface PreviewPart {
  readonly text: string;
  readonly isTypable: boolean;
}

/** More than this is not looked over before it is typed. */
const MOST_SHOWN = 5_000;

/** A text in parts that can and cannot be typed, as far as it is shown. */
export function previewOf(
  text: string,
  untypable: readonly UntypableCharacter[],
): readonly PreviewPart[] {
  const shown = text.slice(0, MOST_SHOWN);
  const parts: PreviewPart[] = [];
  let from = 0;
  const add = (to: number, isTypable: boolean): void => {
    if (to <= from) return;
    const last = parts.at(-1);
    const part = shown.slice(from, to);
    if (last?.isTypable === isTypable) parts.splice(-1, 1, { text: last.text + part, isTypable });
    else parts.push({ text: part, isTypable });
    from = to;
  };
  for (const { character, index } of untypable) {
    if (index >= shown.length) break;
    add(index, true);
    add(index + character.length, false);
  }
  add(shown.length, true);
  return parts;
}
