import type { Screen } from 'electron';

const EVENTS = ['display-added', 'display-removed', 'display-metrics-changed'] as const;

/** Calls back whenever a display comes, goes or changes, until the returned function is called. */
export function watchDisplays(screen: Screen, changed: () => void): () => void {
  for (const event of EVENTS) screen.on(event as 'display-added', changed);
  return () => {
    for (const event of EVENTS) screen.off(event as 'display-added', changed);
  };
}
