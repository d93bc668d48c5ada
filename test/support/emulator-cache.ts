import { randomUUID } from 'node:crypto';
import { chown, copyFile, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Below a daemon's XDG_CACHE_HOME: what the emulators answered when libvirt asked what they can do. */
const ANSWERS = 'libvirt/qemu/cache/capabilities';
const KEPT = join(import.meta.dirname, '../../out/test/emulators');

/**
 * Gives a daemon that does not run yet what the emulators answered an earlier one, which takes each
 * new daemon seconds to ask. libvirt itself asks anew where the emulator, the kernel or it has changed.
 */
export async function lendAnswers(cacheFolder: string, owner: number | undefined): Promise<void> {
  const names = await entries(KEPT);
  if (names.length === 0) return;
  let folder = cacheFolder;
  for (const part of ANSWERS.split('/')) {
    folder = join(folder, part);
    await mkdir(folder);
    if (owner !== undefined) await chown(folder, owner, owner);
  }
  for (const name of names) {
    await copyFile(join(KEPT, name), join(folder, name));
    if (owner !== undefined) await chown(join(folder, name), owner, owner);
  }
}

/** Keeps what the emulators answered a daemon, for those that come after it; what is kept may be out of date. */
export async function keepAnswers(cacheFolder: string, kept = KEPT): Promise<void> {
  const folder = join(cacheFolder, ANSWERS);
  const names = await entries(folder);
  if (names.length === 0) return;
  await mkdir(kept, { recursive: true });
  for (const name of names) {
    const [answer, before] = [await readFile(join(folder, name)), join(kept, name)];
    const known = await readFile(before).catch(() => undefined);
    if (known?.equals(answer)) continue;
    const begun = join(kept, `.${randomUUID()}`);
    await writeFile(begun, answer);
    // Whole or not at all: another file of tests may look at this moment.
    await rename(begun, before);
  }
}

/** The finished files of a folder, none where there is no such folder. */
async function entries(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.filter((name) => name.endsWith('.xml'));
}
