import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { mimeOf, type Avatars } from '../modules/avatar-module.ts';
import type { Logger } from '../log/logger.ts';

/** A larger picture would make answers that servers refuse. */
const MOST_BYTES = 64 * 1024;

/** The pictures in a folder by file name; none when there is no such folder. */
export async function readAvatars(folder: string, logger: Logger): Promise<Avatars> {
  const avatars = new Map<string, Uint8Array>();
  // A platform without pictures has no folder; entities then wear none.
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => mimeOf(one) !== undefined).sort()) {
    const path = join(folder, name);
    const { size } = await stat(path);
    if (size <= MOST_BYTES) avatars.set(name, await readFile(path));
    else logger.warning(`AVATAR ${path} has more than ${MOST_BYTES} bytes and is passed over`);
  }
  return avatars;
}
