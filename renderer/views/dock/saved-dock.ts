import type { SerializedDockview } from 'dockview';

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** A saved arrangement, if it is one and speaks of exactly these panels. */
export function readDock(
  saved: unknown,
  panels: ReadonlySet<string>,
): SerializedDockview | undefined {
  if (!isObject(saved) || !isObject(saved['grid']) || !isObject(saved['panels'])) return undefined;
  const ids = Object.keys(saved['panels']);
  const same = ids.length === panels.size && ids.every((id) => panels.has(id));
  // It was written by the same library; main keeps it as it was given.
  return same ? (saved as unknown as SerializedDockview) : undefined;
}
