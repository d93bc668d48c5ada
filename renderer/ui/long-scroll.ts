/** Browsers lay nothing out beyond some ten million pixels. */
export const TALLEST = 8_000_000;

/**
 * A list of rows that may be taller than a browser can lay out: `scrollTop` of the element goes over
 * a height of at most `TALLEST`, `top` over the rows' own.
 */
export interface LongScroll {
  readonly count: number;
  readonly rowHeight: number;
  readonly viewportHeight: number;
}

/** The height that the rows have, in pixels. */
export function wholeHeight({ count, rowHeight }: LongScroll): number {
  return count * rowHeight;
}

/** The height that is laid out, in pixels. */
export function laidOutHeight(scroll: LongScroll): number {
  return Math.min(TALLEST, wholeHeight(scroll));
}

/** How far the rows can be scrolled, in pixels. */
export function mostTop(scroll: LongScroll): number {
  return Math.max(0, wholeHeight(scroll) - scroll.viewportHeight);
}

/** Where the rows are when the element is scrolled to a place. */
export function topOf(scroll: LongScroll, scrollTop: number): number {
  const room = laidOutHeight(scroll) - scroll.viewportHeight;
  if (room <= 0) return 0;
  return Math.min(mostTop(scroll), (scrollTop / room) * mostTop(scroll));
}

/** Where the element is scrolled to when the rows are at a place. */
export function scrollTopOf(scroll: LongScroll, top: number): number {
  const most = mostTop(scroll);
  if (most === 0) return 0;
  return (top / most) * Math.max(0, laidOutHeight(scroll) - scroll.viewportHeight);
}
