/**
 * For each new value the index of the old one it continues, if any. Equal values at both ends stay
 * together first, then equal ones anywhere between, then those with the same key, and at last, when
 * as many old as new are left, those in the same order.
 */
export function matched<T>(
  values: readonly T[],
  old: readonly (T | undefined)[],
  key?: (value: T) => unknown,
): readonly (number | undefined)[] {
  const sources = new Map<number, number>();
  const free = new Set(old.keys());
  const join = (index: number, source: number) => {
    sources.set(index, source);
    free.delete(source);
  };
  const joinWhere = (isSame: (value: T, other: T) => boolean) => {
    for (const [index, value] of values.entries()) {
      if (sources.has(index)) continue;
      const source = [...free].find((one) => {
        const other = old[one];
        return other !== undefined && isSame(value, other);
      });
      if (source !== undefined) join(index, source);
    }
  };
  joinEnds(values, old, join);
  joinWhere(isSameData);
  if (key !== undefined) {
    joinWhere((value, other) => key(value) !== undefined && key(value) === key(other));
  }
  const rest = [...values.keys()].filter((index) => !sources.has(index));
  const inOrder = key === undefined || rest.length === free.size ? [...free] : [];
  for (const [position, source] of inOrder.entries()) {
    const index = rest[position];
    if (index !== undefined) join(index, source);
  }
  return values.map((_, index) => sources.get(index));
}

function joinEnds<T>(
  values: readonly T[],
  old: readonly (T | undefined)[],
  join: (index: number, source: number) => void,
): void {
  const shorter = Math.min(values.length, old.length);
  let start = 0;
  while (start < shorter && isSameData(values[start], old[start])) {
    join(start, start);
    start += 1;
  }
  for (let end = 1; end <= shorter - start; end += 1) {
    if (!isSameData(values.at(-end), old.at(-end))) return;
    join(values.length - end, old.length - end);
  }
}

/** Whether two values of a record say the same: plain data, compared as a whole. */
function isSameData(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  const entries = Object.entries(one);
  const others = new Map<string, unknown>(Object.entries(other));
  return (
    entries.length === others.size &&
    entries.every(([key, value]) => others.has(key) && isSameData(value, others.get(key)))
  );
}
