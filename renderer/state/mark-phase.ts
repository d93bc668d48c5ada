import type { AppApi } from '../../core/contract/contract.ts';

/** Tells main that a phase is reached once what was just drawn is on the screen; takes it back when called. */
export function markPhase(api: Pick<AppApi['app'], 'measured'>, name: string): () => void {
  let later: ReturnType<typeof setTimeout> | undefined;
  const frame = requestAnimationFrame(() => {
    // A frame is painted after its callbacks, before the next task.
    later = setTimeout(() => void api.measured({ kind: 'phase', name, milliseconds: 0 }));
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(later);
  };
}
