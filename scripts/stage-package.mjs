// node scripts/stage-package.mjs <folder> <bundle…>: puts fresh bundles into a workspace's dist, to be
// packed. With --clean, after packing, takes them away: its programs would start them, however old.
import { cpSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { root } from './lib/project.mjs';

const [folder, ...bundles] = process.argv.slice(2);
if (folder === undefined || bundles.length === 0) {
  console.error('usage: node scripts/stage-package.mjs <folder> <bundle…> | <folder> --clean');
  process.exit(2);
}
const dist = path.join(root, folder, 'dist');
rmSync(dist, { recursive: true, force: true });
if (!bundles.includes('--clean')) {
  await ensureBuilt({ only: bundles });
  for (const bundle of bundles) {
    cpSync(path.join(root, 'out', bundle), path.join(dist, bundle), {
      recursive: true,
      filter: (file) => !file.endsWith('.map') && !file.endsWith('.built'),
    });
  }
  for (const file of ['LICENSE', 'THIRD-PARTY-NOTICES']) {
    cpSync(path.join(root, file), path.join(dist, file));
  }
}
