import type { AppApi } from '../../core/contract/contract.ts';

/** Tells main of this page's own long tasks, until the returned function is called. */
export function watchLongTasks(api: Pick<AppApi['app'], 'measured'>): () => void {
  const observer = new PerformanceObserver((list) => {
    for (const { name, duration } of list.getEntries()) {
      void api.measured({ kind: 'long-task', name: name.slice(0, 100), milliseconds: duration });
    }
  });
  observer.observe({ type: 'longtask', buffered: true });
  return () => observer.disconnect();
}
