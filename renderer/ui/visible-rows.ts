/** Which rows of a long list are drawn: `end` is one past the last. */
export interface VisibleRows {
  readonly start: number;
  readonly end: number;
}

/**
 * The rows that a viewport shows, with some more on both sides so that scrolling never shows a gap. Where
 * the list got shorter than `scrollTop`, those at its end.
 */
export function visibleRows(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewportHeight: number,
  more = 8,
): VisibleRows {
  const top = Math.min(scrollTop, Math.max(0, count * rowHeight - viewportHeight));
  const first = Math.floor(top / rowHeight) - more;
  const last = Math.ceil((top + viewportHeight) / rowHeight) + more;
  const start = Math.min(Math.max(0, first), Math.max(0, count - 1));
  return { start, end: Math.max(start, Math.min(count, last)) };
}

/** Where to scroll so that a row is wholly seen; the same place when it already is. */
export function scrollToRow(
  index: number,
  rowHeight: number,
  scrollTop: number,
  viewportHeight: number,
): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  return Math.max(scrollTop, top + rowHeight - viewportHeight);
}
