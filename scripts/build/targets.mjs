import { svelte } from '@sveltejs/vite-plugin-svelte';
import { existsSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { root } from '../lib/project.mjs';

const at = (...parts) => path.join(root, ...parts);
const builtins = [...builtinModules, /^node:/];
// Stay outside the bundles: the first is native, the second carries a WebAssembly file.
const external = ['keytar', 'sql.js'];
const common = { root, configFile: false, logLevel: 'warn', clearScreen: false };

// What ssh2 uses where it was built for the runtime; it does without, and we never build it.
const UNBUILT = /^cpu-features$|sshcrypto\.node$/;
const unbuilt = {
  name: 'unbuilt-native-parts',
  enforce: 'pre',
  resolveId: (id) => (UNBUILT.test(id) ? `\0unbuilt:${id}.cjs` : null),
  load: (id) =>
    id.startsWith('\0unbuilt:') ? "module.exports = null; throw new Error('not built');" : null,
  // A module of the old kind asks where it is; in a bundle of modules that has another name.
  transform: (code, id) =>
    id.includes('/ssh2/lib/') && code.includes('__dirname')
      ? { code: code.replaceAll('__dirname', 'import.meta.dirname'), map: null }
      : null,
};

/** Entry points by the name of their output file, those of them that exist. */
function existing(entries) {
  return Object.fromEntries(Object.entries(entries).filter(([, file]) => existsSync(at(file))));
}

/** The settings of a bundle for Node or for Electron's main process: ES modules, readable. */
function nodeBundle(name, input, more = []) {
  return {
    ...common,
    plugins: [unbuilt],
    build: {
      outDir: at('out', name),
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      sourcemap: true,
      ssr: true,
      rolldownOptions: {
        input,
        external: [...builtins, ...more],
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // Beside the entries, so that import.meta.dirname is the same folder in all of them.
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
    ssr: { noExternal: true, external },
  };
}

/** The sandboxed preload must be one CommonJS file. */
function preloadBundle(input) {
  const settings = nodeBundle('preload', input, ['electron']);
  const output = { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false };
  settings.build.rolldownOptions.output = output;
  return settings;
}

/** The settings of a bundle of pages. */
function pagesBundle(folder, output, input) {
  return {
    ...common,
    root: at(folder),
    base: './',
    plugins: [svelte({ configFile: at('svelte.config.js') })],
    worker: { format: 'es' },
    build: {
      outDir: at('out', output),
      emptyOutDir: true,
      target: 'chrome130',
      sourcemap: true,
      // A data: font or script would be refused by the content security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // Everything is read from the disk beside it.
      chunkSizeWarningLimit: 10_000,
      rolldownOptions: {
        input,
        checks: { pluginTimings: false },
        output: { codeSplitting: { groups: startsOf(Object.values(input)) } },
      },
    },
  };
}

/**
 * One chunk for what a page starts with and another may want, too, and one for what else each page
 * starts with: each file is a question to main, and dozens of them take longer than what is in them.
 */
function startsOf(pages) {
  /** The pages that start with a module, and those that have it sooner or later. */
  const starters = new Map();
  const users = new Map();
  const walk = (page, id, ctx, reached, isLater) => {
    const own = reached.get(id) ?? new Set();
    if (own.has(page)) return;
    reached.set(id, own.add(page));
    const { importedIds = [], dynamicallyImportedIds = [] } = ctx.getModuleInfo(id) ?? {};
    for (const next of [...importedIds, ...(isLater ? dynamicallyImportedIds : [])]) {
      walk(page, next, ctx, reached, isLater);
    }
  };
  const starterOf = (id, ctx) => {
    if (starters.size === 0) {
      for (const page of pages) {
        walk(page, page, ctx, starters, false);
        walk(page, page, ctx, users, true);
      }
    }
    return [...(starters.get(id) ?? [])].at(0);
  };
  const isShared = (id) => users.get(id).size > 1;
  return [
    // A group takes along what its modules need: what is shared has to be taken first.
    {
      priority: 1,
      name: (id, ctx) => (starterOf(id, ctx) !== undefined && isShared(id) ? 'shared' : null),
    },
    {
      priority: 0,
      name: (id, ctx) => {
        const page = starterOf(id, ctx);
        // A chunk with the start of one page must not be loaded by another.
        return page === undefined || isShared(id) ? null : path.parse(page).name;
      },
    },
  ];
}

function pagesOf(folder) {
  const files = existsSync(at(folder)) ? readdirSync(at(folder)) : [];
  const html = files.filter((file) => file.endsWith('.html'));
  return Object.fromEntries(html.map((file) => [path.parse(file).name, at(folder, file)]));
}

const inputs = (entries) =>
  Object.fromEntries(Object.entries(existing(entries)).map(([name, file]) => [name, at(file)]));

function nodeTarget(name, input, sources) {
  return { name, input, sources, settings: nodeBundle(name, input) };
}

/** All pages of a folder, which are made of what the renderer is made of. */
function pagesTarget(name, folder, sources) {
  const input = pagesOf(folder);
  const settings = pagesBundle(folder, name, input);
  return { name, input, sources: ['renderer', 'core', ...sources], settings };
}

/**
 * What is built, in this order. `sources` are the folders whose change asks for a new build.
 * @returns {readonly { name: string, sources: readonly string[], settings: import('vite').InlineConfig }[]}
 */
export function buildTargets() {
  const platform = ['node', 'core'];
  const main = inputs({
    index: 'main/index.ts',
    streams: 'main/processes/streams-process.ts',
    avatars: 'main/avatars/avatar-thread.ts',
  });
  const cli = inputs({ index: 'cli/index.ts', 'archipel-command': 'cli/archipel-command.ts' });
  const agent = inputs({ index: 'agent/index.ts' });
  const demo = inputs({ index: 'demo/index.ts' });
  const bench = inputs({
    index: 'bench/index.ts',
    platform: 'bench/platform/platform-process.ts',
    'ipc-delta': 'bench/electron/ipc-delta.ts',
    'bare-electron': 'bench/electron/bare-electron.ts',
    'empty-page': 'bench/electron/empty-page.ts',
    graphs: 'bench/electron/graphs.ts',
  });
  const preload = inputs({ index: 'preload/index.ts' });
  const targets = [
    {
      name: 'main',
      input: main,
      sources: ['main', 'client', 'assets', ...platform],
      settings: nodeBundle('main', main, ['electron', /^electron\//]),
    },
    {
      name: 'preload',
      input: preload,
      sources: ['preload', 'core'],
      settings: preloadBundle(preload),
    },
    pagesTarget('renderer', 'renderer', ['assets', 'svelte.config.js']),
    nodeTarget('agent', agent, ['agent', ...platform]),
    nodeTarget('cli', cli, ['cli', 'client', ...platform]),
    nodeTarget('demo', demo, ['demo', 'agent', ...platform]),
    {
      name: 'bench',
      input: bench,
      sources: ['bench', 'client', 'demo', 'agent', ...platform],
      settings: nodeBundle('bench', bench, ['electron', '@playwright/test']),
    },
    pagesTarget('bench-page', 'bench/page', ['bench/page']),
  ];
  return targets.filter(({ input }) => Object.keys(input).length > 0);
}
