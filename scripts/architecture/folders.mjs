/**
 * The layout's law: which of our folders a folder may import, and which packages. The rules of
 * dependency-cruiser, the notices of third parties and the test of the README's table follow from it.
 * `bundled` packages are development dependencies whose code ends up in what users get.
 * @typedef {{ folder: string, imports: readonly string[], packages: readonly string[], bundled?: readonly string[], nodeBuiltins: boolean }} FolderRule
 * @type {readonly FolderRule[]}
 */
export const folderRules = [
  { folder: 'core', imports: [], packages: ['valibot'], nodeBuiltins: false },
  {
    folder: 'node',
    imports: ['core'],
    packages: ['@xmpp/*', 'keytar', 'ssh-config', 'ssh2', 'valibot', 'ws'],
    nodeBuiltins: true,
  },
  { folder: 'client', imports: ['node', 'core'], packages: ['valibot'], nodeBuiltins: true },
  {
    folder: 'main',
    imports: ['client', 'node', 'core'],
    packages: ['electron', 'fast-png', 'fflate', 'jpeg-js', 'valibot'],
    nodeBuiltins: true,
  },
  {
    folder: 'preload',
    imports: ['core/contract', 'core/lib'],
    packages: ['electron'],
    nodeBuiltins: false,
  },
  {
    folder: 'renderer',
    imports: ['core'],
    packages: ['@novnc/novnc', 'chart.js', 'valibot'],
    bundled: [
      '@fontsource-variable/inter',
      '@fontsource-variable/jetbrains-mono',
      '@lucide/svelte',
      '@xterm/addon-fit',
      '@xterm/addon-search',
      '@xterm/xterm',
      'bits-ui',
      'dockview',
      'svelte',
    ],
    nodeBuiltins: false,
  },
  {
    folder: 'agent',
    imports: ['node', 'core'],
    packages: ['fast-png', 'sql.js', 'valibot', 'ws'],
    nodeBuiltins: true,
  },
  {
    folder: 'cli',
    imports: ['client', 'node', 'core'],
    packages: ['commander', 'fast-png', 'valibot'],
    nodeBuiltins: true,
  },
  {
    folder: 'demo',
    imports: ['agent', 'node', 'core'],
    packages: ['@xmpp/*', 'fast-png', 'ssh2', 'valibot'],
    nodeBuiltins: true,
  },
];

/** Inside the renderer: what each layer may import, lowest first. */
export const rendererLayers = [
  { layer: 'ui', imports: ['core/lib', 'core/messages'] },
  { layer: 'state', imports: ['core'] },
  { layer: 'workers', imports: ['core'] },
  { layer: 'parts', imports: ['core', 'renderer/state', 'renderer/ui'] },
  {
    layer: 'features',
    imports: ['core', 'renderer/parts', 'renderer/state', 'renderer/ui', 'renderer/workers'],
  },
];
