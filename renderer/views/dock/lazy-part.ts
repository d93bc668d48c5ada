/** A component that is read from the disk when it is first shown; at once where it has been before. */
export type LazyPart<C> = () => C | Promise<C>;

/** Makes one of an import; one that failed is tried again at the next call. */
export function lazyPart<C>(load: () => Promise<{ readonly default: C }>): LazyPart<C> {
  let known: C | undefined;
  let loading: Promise<C> | undefined;
  const begin = async (): Promise<C> => {
    try {
      known = (await load()).default;
      return known;
    } finally {
      loading = undefined;
    }
  };
  return () => known ?? (loading ??= begin());
}
