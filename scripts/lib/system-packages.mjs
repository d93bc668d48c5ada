import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { needs } from './needs.mjs';
import { hasProgram, run } from './run.mjs';
import { StepFailure } from './steps.mjs';

const POLICY_FILE = '/usr/sbin/policy-rc.d';

function knownLibraries() {
  const { stdout } = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
  return stdout ?? '';
}

/** Those needs of the given purposes that this machine does not meet. */
export function missingNeeds(purposes) {
  if (process.platform !== 'linux') return [];
  const libraries = knownLibraries();
  const isThere = (sign) => {
    if ('library' in sign) return libraries.includes(`\t${sign.library} `);
    return 'program' in sign ? hasProgram(sign.program) : existsSync(sign.file);
  };
  return purposes.flatMap((purpose) => needs[purpose]).filter(({ sign }) => !isThere(sign));
}

/** What stands for a need in a message: the library, program or file. */
export function nameOf({ sign }) {
  return sign.library ?? sign.program ?? sign.file;
}

const usesApt = () => existsSync('/etc/debian_version') && hasProgram('apt-get');
const isRoot = () => process.getuid?.() === 0;

/** The name under which this release has a package, the last one when it knows none. */
function packageName(candidates) {
  const known = candidates.find((name) => {
    const { stdout } = spawnSync('apt-cache', ['show', name], { encoding: 'utf8' });
    return stdout?.startsWith('Package: ');
  });
  return known ?? candidates.at(-1);
}

/** How to install what is missing by hand, on this machine. */
export function installHint(missing) {
  if (!usesApt()) {
    const names = missing.map(nameOf).join(', ');
    return [`Install what provides these with your package manager: ${names}`];
  }
  const packages = [...new Set(missing.map((need) => packageName(need.packages)))].join(' ');
  const install = `apt-get install -y --no-install-recommends ${packages}`;
  return [`sudo apt-get update && sudo ${install}`];
}

/** Whether `installMissing` can do anything here. */
export function canInstall() {
  return usesApt() && isRoot();
}

/** Keeps the services of new packages from starting while `work` runs. */
async function withoutServices(work) {
  if (existsSync(POLICY_FILE)) return work();
  const remove = () => rmSync(POLICY_FILE, { force: true });
  const removeAndEnd = () => {
    remove();
    process.exit(130);
  };
  writeFileSync(POLICY_FILE, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  process.once('SIGINT', removeAndEnd).once('SIGTERM', removeAndEnd);
  try {
    return await work();
  } finally {
    process.off('SIGINT', removeAndEnd).off('SIGTERM', removeAndEnd);
    remove();
  }
}

async function apt(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const patient = ['-o', 'DPkg::Lock::Timeout=300', '-q', '-y'];
  const { code, output } = await run('apt-get', [...patient, ...args], { env });
  if (code === 0) return;
  const last = output.trim().split('\n').slice(-12);
  throw new StepFailure(`apt-get ${args.join(' ')} failed:\n${last.join('\n')}`, [
    'Cure what it says, or install the packages by hand, then run this again.',
  ]);
}

/** Installs the Debian packages for what is missing; for root on Debian and its kin. */
export async function installMissing(missing, say) {
  say('apt-get update');
  await apt('update');
  const packages = [...new Set(missing.map((need) => packageName(need.packages)))];
  say(`apt-get install ${packages.join(' ')}`);
  await withoutServices(() => apt('install', '--no-install-recommends', ...packages));
}

/** Sees to it that the given purposes can be served, or stops with the command that would. */
export async function ensureSystemPackages(purposes, say) {
  const missing = missingNeeds(purposes);
  if (missing.length === 0) return;
  if (!canInstall()) {
    const names = missing.map(nameOf).join(', ');
    throw new StepFailure(`This machine lacks ${names}. Install it, then run this again:`, [
      ...installHint(missing),
    ]);
  }
  await installMissing(missing, say);
  const still = missingNeeds(purposes);
  if (still.length > 0) {
    throw new StepFailure(`Still missing after installing: ${still.map(nameOf).join(', ')}`);
  }
}
