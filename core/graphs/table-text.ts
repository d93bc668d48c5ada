/** A column of a table of values: its heading, and values by time. */
export interface TableColumn {
  readonly heading: string;
  readonly times: Float64Array;
  readonly values: Float64Array;
}

/** Moments with the value of each column at them; undefined where a column has none. */
export interface TableRow {
  readonly time: number;
  readonly values: readonly (number | undefined)[];
}

/** All moments of all columns between two others, the oldest first. */
export function tableRows(
  columns: readonly TableColumn[],
  from: number,
  to: number,
): readonly TableRow[] {
  const rows = new Map<number, (number | undefined)[]>();
  for (const [place, { times, values }] of columns.entries()) {
    for (const [index, time] of times.entries()) {
      const value = values[index] ?? Number.NaN;
      if (time < from || time > to || Number.isNaN(value)) continue;
      const row = rows.get(time) ?? columns.map(() => undefined);
      row[place] = value;
      rows.set(time, row);
    }
  }
  return [...rows]
    .map(([time, values]) => ({ time, values }))
    .sort((left, right) => left.time - right.time);
}

/** As comma-separated values (RFC 4180): times in ISO 8601 UTC, numbers with a point, gaps empty. */
export function csvText(
  timeHeading: string,
  headings: readonly string[],
  rows: readonly TableRow[],
) {
  const lines = [
    [timeHeading, ...headings].map(quoted),
    ...rows.map(({ time, values }) => [
      new Date(time).toISOString(),
      ...values.map((value) => (value === undefined ? '' : String(value))),
    ]),
  ];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function quoted(text: string): string {
  // A spreadsheet takes what begins so for a formula, and machines are named by others.
  const safe = /^[=+\-@\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
