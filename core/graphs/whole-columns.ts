/**
 * The stretch of time that begins and ends where a pixel column does, counted from 1970: what a column
 * shows stays the same while time goes on, so that a graph moves by whole columns. It ends less than a
 * column after the one that was asked for.
 */
export function wholeColumns(
  from: number,
  to: number,
  columns: number,
): { readonly from: number; readonly to: number } {
  const width = (to - from) / columns;
  if (!(width > 0)) return { from, to };
  const last = Math.ceil(to / width);
  return { from: Math.round((last - columns) * width), to: Math.round(last * width) };
}
