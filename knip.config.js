export default {
  // Programs of the operating system: scripts/lib/needs.mjs lists and checks them.
  exclude: ['binaries'],
  // A type that an exported function speaks of is exported with it, wherever it is used.
  ignoreExportsUsedInFile: { interface: true, type: true },
  ignoreDependencies: [
    // Only its types are used, through the paths of main/tsconfig.electron-33.json.
    'electron-33',
    // Started as programs by scripts/check.mjs and scripts/package.
    'dependency-cruiser',
    'electron-builder',
    'svelte-check',
  ],
  workspaces: {
    '.': {
      entry: [
        'main/index.ts',
        // Started by name in a process of its own.
        'main/processes/*-process.ts',
        'main/avatars/avatar-thread.ts',
        'preload/index.ts',
        'renderer/*.html',
        'renderer/*.ts',
        'demo/index.ts',
        'bench/index.ts',
        // Programs of their own, started by benches.
        'bench/electron/*.ts',
        'bench/page/graphs.ts',
        'bench/platform/platform-process.ts',
        'test/{unit,contract,integration,chaos,packaging}/**/*.test.ts',
        'test/e2e/**/*.spec.ts',
        'dependency-cruiser.config.js',
        'scripts/*.mjs',
        // Named in settings, a command line or an archive, never imported.
        'scripts/electron/limit-fetch.mjs',
        'scripts/electron/default-app/main.mjs',
        'scripts/package/*.{mjs,cjs}',
      ],
      project: [
        '{core,node,client,main,preload,renderer,demo,test,bench}/**/*.{ts,svelte}',
        'scripts/**/*.{mjs,cjs,js}',
      ],
    },
    // What their packages install: it stays outside the bundles, which are built from other folders.
    agent: {
      ignoreDependencies: ['sql.js'],
      entry: ['index.ts', '*.mjs'],
      project: ['**/*.{ts,mjs}'],
    },
    cli: {
      ignoreDependencies: ['keytar', 'sql.js'],
      entry: ['index.ts', 'archipel-command.ts', '*.mjs'],
      project: ['**/*.{ts,mjs}'],
    },
  },
};
