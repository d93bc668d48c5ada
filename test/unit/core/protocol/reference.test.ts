import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import prettier from 'prettier';
import { describe, expect, it } from 'vitest';
import { MODULE_NAMES } from '../../../../core/protocol/all-actions.ts';
import { referenceTables, withGeneratedParts } from '../../../../core/protocol/reference-tables.ts';

const FOLDER = join(import.meta.dirname, '../../../../docs/protocol');
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'));

function read(page: string): string {
  return readFileSync(join(FOLDER, page), 'utf8');
}

describe('the reference of the protocol', () => {
  it.each(pages)('has current tables in %s (npm run docs:protocol makes them)', async (page) => {
    const path = join(FOLDER, page);
    const options = await prettier.resolveConfig(path);
    const made = await prettier.format(withGeneratedParts(read(page)), {
      ...options,
      filepath: path,
    });
    expect(read(page)).toBe(made);
  });

  it('has a page for each module and shows every generated part', () => {
    expect(pages).toEqual(expect.arrayContaining(MODULE_NAMES.map((module) => `${module}.md`)));
    const text = pages.map(read).join('\n');
    for (const name of Object.keys(referenceTables())) {
      expect(text).toContain(`<!-- generated: ${name} -->`);
    }
  });

  it('has no links to pages that do not exist', () => {
    for (const page of pages) {
      const links = [...read(page).matchAll(/\]\(([\w-]+\.md)\)/g)].map(([, link]) => link);
      expect(pages).toEqual(expect.arrayContaining(links));
    }
  });

  it('refuses a part that nobody generates', () => {
    expect(() => withGeneratedParts('<!-- generated: weather -->\n<!-- end -->')).toThrow();
  });
});
