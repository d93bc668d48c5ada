import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The repository's top folder. */
export const root = path.resolve(import.meta.dirname, '../..');

/** Reads a JSON file of the repository, by its path from the top folder. */
export function readJson(file) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}
