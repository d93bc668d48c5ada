import type { Language } from '../../../core/messages/catalogue.ts';
import type { GraphLook } from '../../workers/graphs/messages.ts';

/** The colours of the tokens that graphs draw with, in the theme that is shown. */
export interface GraphColours {
  readonly series: readonly string[];
  readonly limit: string;
  readonly ink: string;
  readonly grid: string;
  readonly surface: string;
  readonly font: string;
}

const SERIES = 6;
/** After the colours are used up, lines of the same colour differ by their dashes. */
const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];

/** Reads the tokens as they are now. */
export function readColours(): GraphColours {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string) => style.getPropertyValue(name).trim();
  return {
    series: Array.from({ length: SERIES }, (_, index) => token(`--series-${index + 1}`)),
    limit: token('--crashed'),
    ink: token('--ink-3'),
    grid: token('--line-1'),
    surface: token('--surface'),
    font: token('--font-text'),
  };
}

/** Calls back whenever the theme changes, until the returned function is called. */
export function watchColours(changed: (colours: GraphColours) => void): () => void {
  const observer = new MutationObserver(() => changed(readColours()));
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}

export function graphLook(colours: GraphColours, language: Language): GraphLook {
  const { ink, grid, surface, font } = colours;
  return { ink, grid, surface, font, language };
}

/** How the line at a place is told from the others. */
export function lineLook(
  place: number,
  { series }: GraphColours,
): { readonly colour: string; readonly dash: readonly number[] } {
  return {
    colour: series[place % SERIES] ?? '',
    dash: DASHES[Math.floor(place / SERIES) % DASHES.length] ?? [],
  };
}
