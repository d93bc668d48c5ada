// node scripts/third-party-notices.mjs [--check]: writes or compares THIRD-PARTY-NOTICES.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib/project.mjs';
import { renderNotices } from './notices/render.mjs';
import { shippedPackages } from './notices/shipped-packages.mjs';

const file = path.join(root, 'THIRD-PARTY-NOTICES');
const text = renderNotices([...shippedPackages(), 'node_modules/electron']);
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  console.error('THIRD-PARTY-NOTICES is not what the installed packages say.');
  console.error('  Run: node scripts/third-party-notices.mjs');
  process.exitCode = 1;
}
