import type { Figure } from './bench.ts';

/** What `npm run bench -- --json <file>` writes of each figure. */
export interface SummaryRow {
  readonly name: string;
  /** The median of all runs. */
  readonly value: number;
  readonly unit: string;
  readonly peer: string;
  /** The median divided by that of the peer: below 1 it is less. */
  readonly ratio: number;
  readonly runs: number;
}

/** The middle of some values, or the mean of the two in the middle. At least one is needed. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.slice(
    Math.floor((sorted.length - 1) / 2),
    Math.ceil((sorted.length + 1) / 2),
  );
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** The value below which that percentage of some values lies; 0 of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? 0;
}

/** The medians of the figures of several runs of one bench. */
export function summarise(runs: readonly (readonly Figure[])[]): readonly SummaryRow[] {
  return (runs[0] ?? []).map(({ name, unit, peer }) => {
    const figures = runs.flatMap((figures) => figures.filter((figure) => figure.name === name));
    const value = median(figures.map((figure) => figure.value));
    const ratio = value / median(figures.map((figure) => figure.peer.value));
    return {
      name,
      value: rounded(value),
      unit,
      peer: peer.name,
      ratio: rounded(ratio),
      runs: runs.length,
    };
  });
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

/** A row for people. */
export function rowText({ name, value, unit, peer, ratio, runs }: SummaryRow): string {
  const times = runs === 1 ? 'one run' : `median of ${runs} runs`;
  return `${name}: ${value} ${unit}, ${ratio} of ${peer} (${times})`;
}
