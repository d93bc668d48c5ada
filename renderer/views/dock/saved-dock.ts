import type { SerializedDockview } from 'dockview';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A saved arrangement, if it is one and has a place for each of these panels. What it says of others,
 * which this release may not have, is left out of it.
 */
export function readDock(
  saved: unknown,
  panels: ReadonlySet<string>,
): SerializedDockview | undefined {
  if (!isObject(saved) || !isObject(saved['grid']) || !isObject(saved['panels'])) return undefined;
  const ids = Object.keys(saved['panels']);
  const has = new Set(ids);
  if (![...panels].every((id) => has.has(id))) return undefined;
  const whole = ids.length === panels.size ? saved : without(saved, panels);
  // It was written by the same library; main keeps it as it was given.
  return whole as unknown as SerializedDockview | undefined;
}

function without(
  saved: Record<string, unknown>,
  panels: ReadonlySet<string>,
): Record<string, unknown> | undefined {
  const grid = saved['grid'];
  const root = isObject(grid) ? pruned(grid['root'], panels) : undefined;
  if (!isObject(grid) || !root || !isObject(saved['panels'])) return undefined;
  const known = Object.entries(saved['panels']).filter(([id]) => panels.has(id));
  // The group in front may be one of those that are gone; the library then chooses.
  return {
    ...saved,
    activeGroup: undefined,
    grid: { ...grid, root },
    panels: Object.fromEntries(known),
  };
}

/** A part of the grid with only these panels; undefined when nothing of it is left. */
function pruned(node: unknown, panels: ReadonlySet<string>): Record<string, unknown> | undefined {
  if (!isObject(node)) return undefined;
  if (node['type'] === 'branch' && Array.isArray(node['data'])) {
    const data = node['data'].map((one) => pruned(one, panels)).filter((one) => one !== undefined);
    return data.length > 0 ? { ...node, data } : undefined;
  }
  const leaf = node['data'];
  if (!isObject(leaf) || !Array.isArray(leaf['views'])) return undefined;
  const views = leaf['views'].filter((id) => typeof id === 'string' && panels.has(id));
  if (views.length === 0) return undefined;
  const shown: unknown = leaf['activeView'];
  const activeView: unknown = views.includes(shown) ? shown : views[0];
  return { ...node, data: { ...leaf, views, activeView } };
}
