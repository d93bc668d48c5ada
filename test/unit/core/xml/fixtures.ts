import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../../fixtures/xml');

/** The text of a libvirt document among the fixtures. */
export function fixture(name: string): string {
  return readFileSync(join(FOLDER, name), 'utf8');
}

/** Every libvirt document among the fixtures by its name. */
export const fixtureNames = readdirSync(FOLDER).filter((name) => name.endsWith('.xml'));
