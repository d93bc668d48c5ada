import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import rules from '../../../dependency-cruiser.config.js';
import { folderRules } from '../../../scripts/architecture/folders.mjs';

describe('the table of folders in the README', () => {
  it('says what the rules enforce', () => {
    const readme = readFileSync('README.md', 'utf8');
    const rows = readme.matchAll(/^\| `(?<folder>\w+)\/` +\|[^|]*\|(?<imports>[^|]*)\|$/gm);
    const table: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
      [...rows].map(({ groups }): [string, string[]] => [
        groups!['folder']!,
        groups!['imports']!.split(/[,—]/).flatMap((word) => word.trim() || []),
      ]),
    );
    const enforced: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
      folderRules.map(({ folder, imports }) => [folder, imports]),
    );
    expect(table).toEqual({
      ...enforced,
      assets: [],
      test: ['everything'],
      bench: ['everything'],
      docs: [],
      scripts: [],
    });
  });
});

describe('the architecture rules', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'archipel-architecture-'));
    symlinkSync(path.resolve('node_modules'), path.join(folder, 'node_modules'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** The names of the rules that a tree of files breaks. */
  async function brokenRules(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(folder, name), text);
    }
    const options = {
      ...rules.options,
      tsConfig: undefined,
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: rules.forbidden },
    } as unknown as ICruiseOptions;
    const folders = [...new Set(Object.keys(files).map((name) => name.split('/')[0]!))];
    const { output } = await cruise(folders, options);
    const { violations } = (output as ICruiseResult).summary;
    return [...new Set(violations.map(({ rule }) => rule.name))].sort();
  }

  const value = 'export const value = 1;\n';
  const from = (place: string): string => `export { value } from '${place}';\n`;

  it.each([
    [
      'core that knows the renderer',
      { 'core/a.ts': from('../renderer/b.ts'), 'renderer/b.ts': value },
      ['core-imports-only-its-own'],
    ],
    [
      'core that reads files',
      { 'core/a.ts': "export { readFile } from 'node:fs/promises';\n" },
      ['core-uses-no-node'],
    ],
    [
      'a client that knows Electron',
      { 'client/a.ts': "export { app } from 'electron';\n" },
      ['client-uses-only-its-packages'],
    ],
    [
      'a renderer that takes a package nobody decided on',
      { 'renderer/a.ts': "export { knip } from 'knip';\n" },
      ['renderer-uses-only-its-packages'],
    ],
    [
      'a preload that knows the domain',
      { 'preload/a.ts': from('../core/domain/b.ts'), 'core/domain/b.ts': value },
      ['preload-imports-only-its-own'],
    ],
    [
      'a feature that imports another',
      {
        'renderer/features/one/a.ts': from('../two/b.ts'),
        'renderer/features/two/b.ts': value,
      },
      ['features-know-not-each-other'],
    ],
    [
      'a design system that knows the domain',
      { 'renderer/ui/a.ts': from('../../core/domain/b.ts'), 'core/domain/b.ts': value },
      ['renderer-ui-stays-in-its-layer'],
    ],
    [
      'a store that imports a component',
      {
        'renderer/state/a.ts': "export { default as component } from './B.svelte';\n",
        'renderer/state/B.svelte': '<p></p>\n',
      },
      ['state-knows-no-component'],
    ],
    [
      'a feature that imports a view',
      { 'renderer/features/one/a.ts': from('../../views/b.ts'), 'renderer/views/b.ts': value },
      ['renderer-features-stays-in-its-layer'],
    ],
    [
      'two files that need each other',
      { 'core/a.ts': from('./b.ts'), 'core/b.ts': "export { value as other } from './a.ts';\n" },
      ['no-cycles'],
    ],
    [
      'what the table allows',
      {
        'main/a.ts': from('../client/b.ts'),
        'client/b.ts': from('../core/c.ts'),
        'core/c.ts': value,
        'renderer/views/d.ts': from('../features/one/e.ts'),
        'renderer/features/one/e.ts': from('../../ui/f.ts'),
        'renderer/ui/f.ts': value,
      },
      [],
    ],
  ] as const)('judge %s', async (_name, files, broken) => {
    expect(await brokenRules(files as Readonly<Record<string, string>>)).toEqual(broken);
  });
});
