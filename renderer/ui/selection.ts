/** What is chosen in a list, and from where a range is counted. */
export interface Selection {
  readonly keys: ReadonlySet<string>;
  readonly anchor: string | undefined;
  readonly active: string | undefined;
}

export const NOTHING_SELECTED: Selection = {
  keys: new Set(),
  anchor: undefined,
  active: undefined,
};

/** What is chosen after a row was picked alone, added or taken away, or up to it from the anchor. */
export function pick(
  selection: Selection,
  order: readonly string[],
  key: string,
  how: 'one' | 'toggle' | 'range',
): Selection {
  if (how === 'toggle') {
    const keys = new Set(selection.keys);
    if (!keys.delete(key)) keys.add(key);
    return { keys, anchor: key, active: key };
  }
  const from = how === 'range' ? order.indexOf(selection.anchor ?? key) : -1;
  const to = order.indexOf(key);
  if (from < 0 || to < 0) return { keys: new Set([key]), anchor: key, active: key };
  const range = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { keys: new Set(range), anchor: selection.anchor ?? key, active: key };
}
