import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from '../lib/run.mjs';
import { root } from '../lib/project.mjs';

const EXECUTABLES = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};
const packageDir = path.join(root, 'node_modules/electron');

/** The Electron version that package.json pins and users get. */
export function pinnedVersion() {
  return JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8')).version;
}

/** The official executable, when it is installed and of the pinned version. */
export function installedOfficial() {
  const dist = path.join(packageDir, 'dist');
  const executable = path.join(dist, EXECUTABLES[process.platform] ?? 'electron');
  const versionFile = path.join(dist, 'version');
  if (!existsSync(executable) || !existsSync(versionFile)) return undefined;
  const version = readFileSync(versionFile, 'utf8').trim().replace(/^v/, '');
  return version === pinnedVersion() ? executable : undefined;
}

/**
 * Downloads the pinned Electron with its own installer, which checks the checksums it ships and
 * honours ELECTRON_MIRROR.
 * @returns {Promise<{ executable: string } | { problem: string }>}
 */
export async function downloadOfficial() {
  const limit = pathToFileURL(path.join(import.meta.dirname, 'limit-fetch.mjs')).href;
  const { code, output } = await run(
    process.execPath,
    ['--import', limit, path.join(packageDir, 'install.js')],
    { env: { ...process.env, ELECTRON_GET_NO_PROGRESS: '1' } },
  );
  const executable = installedOfficial();
  if (code === 0 && executable !== undefined) return { executable };
  return { problem: firstReason(output) };
}

/** What went wrong, from the installer's stack trace. */
function firstReason(output) {
  const lines = output.split('\n').map((line) => line.trim());
  const found = lines.find((line) => /^\w*Error: /.test(line)) ?? lines.find((line) => line !== '');
  return found?.replace(/^\w*Error: /, '') ?? 'the installer failed without a word';
}
