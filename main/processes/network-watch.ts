import { networkInterfaces } from 'node:os';

const LOOK_EVERY_MS = 3_000;

/** Calls back when this machine's addresses change, until the returned function is called. */
export function watchNetwork(changed: () => void): () => void {
  let known = addresses();
  const timer = setInterval(() => {
    const now = addresses();
    if (now === known) return;
    known = now;
    changed();
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
  };
}

function addresses(): string {
  return Object.values(networkInterfaces())
    .flatMap((all = []) => all.filter(({ internal }) => !internal).map(({ address }) => address))
    .sort()
    .join(' ');
}
