// node scripts/make-icons.mjs: draws assets/icon.svg into every form an operating system wants.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureElectron } from './electron-runtime.mjs';
import { startDesktopSession } from './lib/desktop-session.mjs';
import { root } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { runScript, StepFailure } from './lib/steps.mjs';
import { appleIcon, windowsIcon } from './package/icon-containers.mjs';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const assets = path.join(root, 'assets');
const folder = path.join(assets, 'icons');

async function drawSizes(env) {
  const { executable } = await ensureElectron(console.error);
  const script = path.join(root, 'scripts/package/render-svg.mjs');
  const args = ['--no-sandbox', script, '--', path.join(assets, 'icon.svg'), folder];
  const { code, output } = await run(executable, [...args, ...SIZES.map(String)], {
    env: { ...process.env, ...env },
  });
  if (code !== 0) throw new StepFailure(`Electron could not draw the icon:\n${output}`);
}

await runScript(async () => {
  mkdirSync(folder, { recursive: true });
  const session =
    process.platform === 'linux' && !process.env.DISPLAY
      ? await startDesktopSession({ withKeyring: false })
      : { env: {}, stop: async () => {} };
  try {
    await drawSizes(session.env);
  } finally {
    await session.stop();
  }
  const pictures = SIZES.map((size) => ({
    size,
    png: readFileSync(path.join(folder, `${size}.png`)),
  }));
  writeFileSync(
    path.join(assets, 'icon.ico'),
    windowsIcon(pictures.filter(({ size }) => size <= 256)),
  );
  writeFileSync(path.join(assets, 'icon.icns'), appleIcon(pictures));
  console.log(`Icons of ${SIZES.join(', ')} pixels are in assets/.`);
  return 0;
});
