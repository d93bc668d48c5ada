import { plain } from './plain.ts';

/** Rows as columns of text, each as wide as its widest cell. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [header, ...rows.map((row) => row.map(cell))];
  const widths = header.map((_title, column) =>
    Math.max(...all.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((text, column) => text.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

/** On one line, or somebody's name would be a row of its own. */
function cell(text: string): string {
  return plain(text).replaceAll(/\s+/gu, ' ');
}
