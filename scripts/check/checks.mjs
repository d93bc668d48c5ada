import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { folderRules } from '../architecture/folders.mjs';
import { packageProgram } from '../lib/package-program.mjs';
import { root } from '../lib/project.mjs';

const cache = (name) => path.join(root, 'out/check', name);

function typeChecks() {
  const { config } = ts.readConfigFile(path.join(root, 'tsconfig.json'), (file) =>
    readFileSync(file, 'utf8'),
  );
  // svelte-check sees the renderer's modules together with its components.
  const projects = config.references.map(({ path }) => path).filter((path) => path !== 'renderer');
  return [...projects, 'main/tsconfig.electron-33.json'].map((project) => ({
    name: project.endsWith('.json') ? 'types: main, Electron 33' : `types: ${project}`,
    args: [
      packageProgram('typescript', 'tsc'),
      ...['--project', project, '--incremental'],
      ...['--tsBuildInfoFile', cache(`${project.replace(/\W/g, '-')}.tsbuildinfo`)],
    ],
    // A folder in which nothing has been written yet.
    accepts: /error TS18003/,
  }));
}

const eslint = (part) => [
  packageProgram('eslint'),
  ...['--max-warnings', '0', '--cache', '--cache-location', cache(`eslint-${part}`)],
];

/**
 * What `npm run check` runs, the longest first. Each is a Node program with its arguments.
 * @returns {readonly { name: string, args: readonly string[], accepts?: RegExp }[]}
 */
export function allChecks() {
  const folders = folderRules.map(({ folder }) => folder);
  return [
    // In two halves, because types make it the slowest check and it uses one processor.
    { name: 'eslint: pages', args: [...eslint('pages'), 'renderer'] },
    { name: 'eslint: the rest', args: [...eslint('rest'), '.', '--ignore-pattern', 'renderer/'] },
    {
      name: 'svelte-check',
      args: [
        packageProgram('svelte-check'),
        ...['--tsconfig', 'renderer/tsconfig.json', '--fail-on-warnings', '--output', 'human'],
      ],
    },
    ...typeChecks(),
    {
      name: 'architecture',
      args: [
        packageProgram('dependency-cruiser', 'depcruise'),
        ...['--config', 'dependency-cruiser.config.js', ...folders, 'bench', 'test'],
      ],
    },
    { name: 'dead code', args: [packageProgram('knip'), '--no-progress', '--no-config-hints'] },
    {
      name: 'prettier',
      args: [
        packageProgram('prettier'),
        ...['--check', '--log-level', 'warn', '.'],
        ...['--cache', '--cache-location', cache('prettier')],
      ],
    },
    { name: 'notices', args: ['scripts/third-party-notices.mjs', '--check'] },
  ];
}
