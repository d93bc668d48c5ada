// npm run -s electron:path: standard output carries the executable's path and nothing else.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './lib/project.mjs';

const say = (line) => process.stderr.write(`${line}\n`);

if (!existsSync(path.join(root, 'node_modules/electron/package.json'))) {
  say('The npm packages are missing. Run: npm ci --ignore-scripts');
  process.exit(1);
}
try {
  const { ensureElectron } = await import('./electron-runtime.mjs');
  const { executable } = await ensureElectron(say);
  process.stdout.write(`${executable}\n`);
} catch (cause) {
  say(cause.message);
  process.exit(1);
}
