import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';

const openZip = promisify(yauzl.open);

/**
 * Unpacks those files of a zip archive that `place` gives a new relative name.
 * @param {string} archive
 * @param {string} folder
 * @param {(name: string) => string | undefined} place
 */
export async function unzip(archive, folder, place) {
  const zip = await openZip(archive, { lazyEntries: true, autoClose: true });
  const openEntry = promisify(zip.openReadStream.bind(zip));
  const unpack = async (entry) => {
    const name = entry.fileName.endsWith('/') ? undefined : place(entry.fileName);
    if (name === undefined) return;
    const target = path.resolve(folder, name);
    if (!target.startsWith(folder + path.sep)) throw new Error(`${name} leaves the folder`);
    await mkdir(path.dirname(target), { recursive: true });
    // The upper half is the Unix mode, of which only the permissions matter.
    const mode = (entry.externalFileAttributes >>> 16) & 0o777 || 0o644;
    await pipeline(await openEntry(entry), createWriteStream(target, { mode }));
  };
  await new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry) => {
      unpack(entry).then(() => zip.readEntry(), reject);
    });
    zip.readEntry();
  });
}
