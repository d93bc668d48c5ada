import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';
import { npmCommand, run } from './run.mjs';
import { StepFailure } from './steps.mjs';

/**
 * Whether what is installed is what the lockfile says. Compared by content: times of files say
 * nothing after a checkout.
 */
export function matchesLock(lock, installed) {
  return Object.entries(lock.packages).every(([place, wanted]) => {
    if (place === '' || !place.includes('node_modules/')) return true;
    const found = installed.packages[place];
    // What is optional may be for another operating system.
    if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
    return found.version === wanted.version && found.integrity === wanted.integrity;
  });
}

/** Whether node_modules holds what package-lock.json asks for. */
function npmPackagesInstalled() {
  const record = path.join(root, 'node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const read = (file) => JSON.parse(readFileSync(file, 'utf8'));
  return matchesLock(read(path.join(root, 'package-lock.json')), read(record));
}

/** Installs the npm packages of the lockfile, without running any script of theirs. */
export async function ensureNpmPackages(say) {
  if (npmPackagesInstalled()) return 'as in the lockfile';
  say('npm ci --ignore-scripts');
  const npm = npmCommand('ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error');
  const { code, output } = await run(npm.command, npm.args, { cwd: root, shell: npm.shell });
  if (code === 0) return 'installed';
  throw new StepFailure(`npm ci failed:\n${output.trim().split('\n').slice(0, 15).join('\n')}`, [
    'Check that the npm registry can be reached (npm ping), then run this again.',
  ]);
}
