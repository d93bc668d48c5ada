/** Which rows of a long list are drawn: `end` is one past the last. */
export interface VisibleRows {
  readonly start: number;
  readonly end: number;
}

const MORE = 8;

/**
 * The rows that a viewport shows, with some more on both sides so that scrolling never shows a gap. Where
 * the list got shorter than `scrollTop`, those at its end.
 */
export function visibleRows(
  count: number,
  rowHeight: number,
  scrollTop: number,
  viewportHeight: number,
  more = MORE,
): VisibleRows {
  const top = Math.min(scrollTop, Math.max(0, count * rowHeight - viewportHeight));
  const first = Math.floor(top / rowHeight) - more;
  const last = Math.ceil((top + viewportHeight) / rowHeight) + more;
  const start = Math.min(Math.max(0, first), Math.max(0, count - 1));
  return { start, end: Math.max(start, Math.min(count, last)) };
}

/**
 * The most rows that `visibleRows` ever gives for a viewport. A row drawn in the place that its index has among so
 * many takes over the elements of the one that left, whether by scrolling or by a filter.
 */
export function placesOf(rowHeight: number, viewportHeight: number, more = MORE): number {
  return Math.ceil(viewportHeight / rowHeight) + 1 + 2 * more;
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
