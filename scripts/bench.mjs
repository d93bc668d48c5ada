// npm run bench [-- <name>… --json <file> --long]: measures, and writes the medians where it is told to.
import './lib/require-node.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { startDesktopSession } from './lib/desktop-session.mjs';
import { root } from './lib/project.mjs';
import { runScript } from './lib/steps.mjs';
import { missingNeeds } from './lib/system-packages.mjs';

const { ensureBuilt } = await import('./build.mjs');
const { ensureElectron } = await import('./electron-runtime.mjs');

/** Electron and a display; without them the benches of the application say that they cannot run. */
async function provideDesktop() {
  if (missingNeeds(['window', 'display']).length > 0) return undefined;
  const electron = await ensureElectron(console.error).catch(() => undefined);
  if (electron === undefined) return undefined;
  const isLinux = process.platform === 'linux';
  const session = isLinux ? await startDesktopSession({ withKeyring: false }) : undefined;
  return {
    env: { ...session?.env, ARCHIPEL_ELECTRON: electron.executable },
    stop: async () => session?.stop(),
  };
}

await runScript(async () => {
  await ensureBuilt({ only: ['main', 'preload', 'renderer', 'demo', 'bench'] });
  const desktop = await provideDesktop();
  try {
    const entry = path.join(root, 'out/bench/index.js');
    const child = spawn(process.execPath, [entry, ...process.argv.slice(2)], {
      stdio: 'inherit',
      env: { ...process.env, ...desktop?.env },
    });
    const [code] = await once(child, 'close');
    return code ?? 1;
  } finally {
    await desktop?.stop();
  }
});
