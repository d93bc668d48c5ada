import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PictureFolder } from './picture-folder.ts';

/** Where an earlier release kept pictures as they came from others. */
const FOREIGN = 'avatars';
const MADE = 'avatars-made';

/** The avatars that a profile keeps, made by us; those that came from others are removed and never read. */
export function openAvatarFolder(profile: string): PictureFolder {
  // Where they cannot be removed they lie there; the folder is a cache all the same.
  void rm(join(profile, FOREIGN), { recursive: true, force: true }).catch(() => undefined);
  return new PictureFolder(join(profile, MADE));
}
