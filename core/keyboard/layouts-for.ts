import { type CanPress, compileText } from './compile-text.ts';
import { LAYOUT_IDS, type LayoutId } from './layout.ts';
import { textUnits } from './text-units.ts';

/**
 * The layouts that have every character of a text, those of the same language first. A text that needs
 * both groups of a layout is in none.
 */
export function layoutsFor(
  text: string,
  near: LayoutId,
  canPress: CanPress = () => true,
): readonly LayoutId[] {
  // Each letter once, with its marks: between two of them stands the end of a line.
  const letters = [...new Set(Array.from(textUnits(text), (unit) => unit.text))].join('\n');
  const fitting = LAYOUT_IDS.filter(
    (layout) => compileText(letters, { layout }, canPress).untypable.length === 0,
  );
  const language = languageOf(near);
  const isNear = (layout: LayoutId): boolean => languageOf(layout) === language;
  return [...fitting.filter(isNear), ...fitting.filter((layout) => !isNear(layout))];
}

function languageOf(layout: LayoutId): string {
  return layout.split('-')[0] ?? layout;
}
