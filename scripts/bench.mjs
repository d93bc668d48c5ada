// npm run bench [-- <name>… --json <file>]: measures, and writes the medians where it is told to.
import './lib/require-node.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { root } from './lib/project.mjs';
import { runScript } from './lib/steps.mjs';

const { ensureBuilt } = await import('./build.mjs');
await runScript(async () => {
  await ensureBuilt({ only: ['demo', 'bench'] });
  const entry = path.join(root, 'out/bench/index.js');
  const child = spawn(process.execPath, [entry, ...process.argv.slice(2)], { stdio: 'inherit' });
  const [code] = await once(child, 'close');
  return code ?? 1;
});
