import { scrollToRow } from './visible-rows.ts';

interface KeyedRow {
  readonly key: string;
}

/** What is seen of a tree: how far it is scrolled, and how much fits, in pixels. */
interface TreeView {
  readonly rowHeight: number;
  readonly scrollTop: number;
  readonly height: number;
}

/**
 * How far to scroll after rows came or went, so that what is seen stays in its place: the active row, else
 * the first that is seen. At the very top rows may come in above, as long as the active one is still seen.
 */
export function heldScrollTop(
  before: readonly KeyedRow[],
  after: readonly KeyedRow[],
  active: string | undefined,
  { rowHeight, scrollTop, height }: TreeView,
): number {
  const isSeen = (index: number): boolean =>
    (index + 1) * rowHeight > scrollTop && index * rowHeight < scrollTop + height;
  const activeBefore = before.findIndex(({ key }) => key === active);
  const held =
    activeBefore >= 0 && isSeen(activeBefore) ? activeBefore : Math.ceil(scrollTop / rowHeight);
  const now = after.findIndex(({ key }) => key === before[held]?.key);
  if (now < 0) return scrollTop;
  if (scrollTop > 0) return Math.max(0, scrollTop + (now - held) * rowHeight);
  return held === activeBefore ? scrollToRow(now, rowHeight, scrollTop, height) : scrollTop;
}
