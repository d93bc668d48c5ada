type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The object without the fields that are undefined. */
export function given<T extends object>(value: T): Given<T> {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as Given<T>;
}
