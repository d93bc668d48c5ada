// npm run package [-- --development] [<target>…]: packages for this operating system.
//
// A release holds the pinned Electron from its official host. --development packs whatever runtime
// `npm run electron:path` finds, marks the result and is what the tests use.
import './lib/require-node.mjs';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { packageProgram } from './lib/package-program.mjs';
import { root } from './lib/project.mjs';
import { hasProgram, run } from './lib/run.mjs';
import { runScript, step, StepFailure } from './lib/steps.mjs';

const PLATFORM_OPTION = { linux: '--linux', darwin: '--mac', win32: '--win' };

/** Settings that let electron-builder work with what this machine has, without downloads. */
async function developmentSettings() {
  const { ensureElectron } = await import('./electron-runtime.mjs');
  const { executable, version } = await ensureElectron(console.log);
  const settings = {
    electronDist: path.dirname(executable),
    electronVersion: version,
    'directories.output': 'out/packages-development',
    artifactName: '${name}-development-${version}-${os}-${arch}.${ext}',
    'extraMetadata.archipelBuild': 'development',
    // Five times as fast as xz, and nobody keeps these.
    'deb.compression': 'gz',
  };
  const env = {
    ARCHIPEL_PACKAGE: 'development',
    CUSTOM_FPM_PATH: path.join(root, 'scripts/package/fpm.mjs'),
    ELECTRON_BUILDER_COMPRESSION_LEVEL: '1',
    ...(hasProgram('7za') ? { ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za' } : {}),
  };
  return { settings, env };
}

async function packageApp(targets, { settings, env }) {
  const options = Object.entries(settings).map(([name, value]) => `-c.${name}=${value}`);
  const args = [PLATFORM_OPTION[process.platform], ...targets, '--publish', 'never', ...options];
  const { code } = await run(process.execPath, [packageProgram('electron-builder'), ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (code !== 0) throw new StepFailure(`electron-builder ended with ${code}.`);
}

await runScript(async () => {
  const args = process.argv.slice(2);
  const targets = args.filter((argument) => !argument.startsWith('-'));
  if (!existsSync(path.join(root, 'node_modules'))) {
    throw new StepFailure('The npm packages are missing.', ['npm ci --ignore-scripts']);
  }
  const { ensureBuilt } = await import('./build.mjs');
  await step('Build', () => ensureBuilt());
  const how = args.includes('--development')
    ? await developmentSettings()
    : { settings: {}, env: { ARCHIPEL_PACKAGE: 'release' } };
  await step('Packages', () => packageApp(targets, how));
  return 0;
});
