import { type CanPress, compileText } from './compile-text.ts';
import { LAYOUT_IDS, type LayoutId } from './layout.ts';
import { textUnits } from './text-units.ts';

const AT_ONCE = 40;

/**
 * The layouts that have every character of a text, those of the same language first. A text that needs
 * both groups of a layout is in none.
 */
export function layoutsFor(
  text: string,
  near: LayoutId,
  canPress: CanPress = () => true,
): readonly LayoutId[] {
  const letters = [...new Set(Array.from(textUnits(text), (unit) => unit.text))];
  const hasAll = (layout: LayoutId, some: readonly string[]): boolean =>
    // Between two letters with their marks stands the end of a line.
    compileText(some.join('\n'), { layout }, canPress).untypable.length === 0;
  const fitting = LAYOUT_IDS.filter((layout) => {
    // Of thousands of letters no layout has even the first ones.
    for (let at = 0; at < letters.length; at += AT_ONCE) {
      if (!hasAll(layout, letters.slice(at, at + AT_ONCE))) return false;
    }
    return hasAll(layout, letters);
  });
  const language = languageOf(near);
  const isNear = (layout: LayoutId): boolean => languageOf(layout) === language;
  return [...fitting.filter(isNear), ...fitting.filter((layout) => !isNear(layout))];
}

function languageOf(layout: LayoutId): string {
  return layout.split('-')[0] ?? layout;
}
