import { spawn } from 'node:child_process';
import { ensureNpmPackages } from '../lib/npm-packages.mjs';
import { root } from '../lib/project.mjs';
import { step, StepFailure } from '../lib/steps.mjs';
import { ensureSystemPackages } from '../lib/system-packages.mjs';
import { appArguments, chromiumArguments, hasDisplay } from './launch-arguments.mjs';
import { sandboxRemedy } from './sandbox.mjs';
import { showWithoutDisplay } from './headless.mjs';

const machine = {
  platform: process.platform,
  isRoot: process.getuid?.() === 0,
  env: process.env,
};

async function findElectron(say) {
  const { ensureElectron } = await import('../electron-runtime.mjs');
  try {
    return await ensureElectron(say);
  } catch (cause) {
    const [message, ...remedy] = cause.message.split('\n');
    throw new StepFailure(message, remedy);
  }
}

async function buildApp() {
  const { ensureBuilt } = await import('../build.mjs');
  const built = await ensureBuilt();
  return built.length > 0 ? `built ${built.join(', ')}` : 'nothing has changed';
}

/** Everything up to the launch: packages, Electron, bundles. */
export async function prepare(purposes) {
  if (machine.platform === 'linux') {
    await step('System packages', (say) => ensureSystemPackages(purposes, say));
  }
  await step('npm packages', ensureNpmPackages, (outcome) => outcome);
  const runtime = await step(
    'Electron',
    findElectron,
    ({ version, source }) => `${version ?? 'of its own version'}, ${source}`,
  );
  await step('Build', buildApp, (outcome) => outcome);
  return runtime;
}

function showWindow(executable, args) {
  const remedy = machine.platform === 'linux' && !machine.isRoot ? sandboxRemedy() : [];
  if (remedy.length > 0) {
    console.log('This kernel may forbid the sandbox. If the app ends at once, run:');
    for (const line of remedy) console.log(`  ${line}`);
  }
  const child = spawn(executable, [root, ...args], { stdio: 'inherit' });
  const pass = (signal) => child.kill(signal);
  process.on('SIGINT', pass).on('SIGTERM', pass);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/**
 * Installs what is missing, builds and opens the app.
 * @param {readonly string[]} asked the arguments after `npm start --`
 * @returns {Promise<number>} the exit code
 */
export async function startApp(asked) {
  const visible = hasDisplay(machine);
  const { executable } = await prepare(visible ? ['window'] : ['window', 'display']);
  const args = [...chromiumArguments(machine), ...appArguments(asked)];
  console.log(`Starting Archipel with ${args.join(' ')}`);
  if (visible) return showWindow(executable, args);
  await showWithoutDisplay(executable, args, asked.includes('--stay'));
  return 0;
}
