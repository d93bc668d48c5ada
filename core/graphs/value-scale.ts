/** What the values of a graph are, and so how its scale is stepped. */
export type GraphUnit = 'percent' | 'bytes' | 'bytes-per-second' | 'load';

export interface ValueScale {
  readonly max: number;
  readonly step: number;
}

/** How many steps a scale has, about. */
const STEPS = 4;

/**
 * A scale from 0 that holds the highest value with a little air, in round steps: of 1, 2, 2.5 or 5
 * times a power of ten, or for bytes of a power of two.
 */
export function valueScale(highest: number, unit: GraphUnit, fixed?: number): ValueScale {
  if (fixed !== undefined && fixed > 0) return { max: fixed, step: fixed / STEPS };
  if (unit === 'percent') return { max: 100, step: 25 };
  const least = unit === 'load' ? 1 : 1024;
  const top = Math.max(least, Number.isFinite(highest) ? highest * 1.05 : least);
  const step = unit === 'load' ? decimalStep(top / STEPS) : binaryStep(top / STEPS);
  return { max: Math.ceil(top / step) * step, step };
}

function decimalStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 2.5, 5].find((one) => one * power >= wanted) ?? 10) * power;
}

function binaryStep(wanted: number): number {
  return 2 ** Math.ceil(Math.log2(wanted));
}
