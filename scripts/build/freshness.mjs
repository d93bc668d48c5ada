import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/project.mjs';

// What shapes every bundle besides its own sources.
const COMMON = ['package-lock.json', 'scripts/build.mjs', 'scripts/build', 'tsconfig.base.json'];

/** When the newest file or folder below a path was changed, in milliseconds since 1970. */
export function newestChange(file) {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  // The folder's own time counts too: it moves when a file is removed.
  let newest = stats.mtimeMs;
  for (const name of readdirSync(file)) {
    if (name === 'node_modules' || name === 'dist') continue;
    newest = Math.max(newest, newestChange(path.join(file, name)));
  }
  return newest;
}

const stampOf = (name) => path.join(root, 'out', name, '.built');

/** Whether a target's output is newer than all that it is made from. */
export function isFresh(name, sources) {
  const stamp = stampOf(name);
  if (!existsSync(stamp)) return false;
  const built = statSync(stamp).mtimeMs;
  return [...sources, ...COMMON].every((file) => newestChange(path.join(root, file)) < built);
}

/** Notes that a target was built from the sources as they were at a moment. */
export function markBuilt(name, startedAt) {
  writeFileSync(stampOf(name), '');
  utimesSync(stampOf(name), startedAt, startedAt);
}
