// npm run bench [-- <name>… --json <file> --long]: measures, and writes the medians where it is told to.
import './lib/require-node.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { startDesktopSession } from './lib/desktop-session.mjs';
import { root } from './lib/project.mjs';
import { run } from './lib/run.mjs';
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

/**
 * What is put before the command. Chromium raises its threads above all others where it may, which is
 * where root starts it: on a machine with few cores it then starves the server that it is measured with.
 */
async function asUsersRun() {
  if (process.platform !== 'linux' || process.getuid() !== 0) return [];
  const prefix = ['setpriv', '--inh-caps=-sys_nice', '--bounding-set=-sys_nice'];
  const { code } = await run(prefix[0], [...prefix.slice(1), 'true']);
  return code === 0 ? prefix : [];
}

await runScript(async () => {
  const only = ['main', 'preload', 'renderer', 'demo', 'bench', 'bench-page'];
  await ensureBuilt({ only });
  const desktop = await provideDesktop();
  try {
    const entry = path.join(root, 'out/bench/index.js');
    const [command, ...args] = [...(await asUsersRun()), process.execPath, entry];
    const child = spawn(command, [...args, ...process.argv.slice(2)], {
      stdio: 'inherit',
      env: { ...process.env, ...desktop?.env },
    });
    const [code] = await once(child, 'close');
    return code ?? 1;
  } finally {
    await desktop?.stop();
  }
});
