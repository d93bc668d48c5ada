/** The properties that have a value; undefined is the same as absent. */
export type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Leaves out what is undefined, for objects whose optional properties are absent or given. */
export function given<T extends object>(values: T): Given<T> {
  const present: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) present[name] = value;
  }
  return present as Given<T>;
}
