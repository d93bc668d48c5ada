import { folderRules, rendererLayers } from './scripts/architecture/folders.mjs';

const escaped = (text) => text.replace(/[.\\]/g, '\\$&');
const inFolders = (folders) => `^(${folders.join('|')})/`;

/** The pattern of a package in node_modules; "@scope/*" stands for all of a scope. */
const packagePattern = (name) =>
  name.endsWith('/*') ? `${escaped(name.slice(0, -1))}` : `${escaped(name)}(/|$)`;

const ourFolders = [...folderRules.map(({ folder }) => folder), 'test', 'bench', 'scripts'];

function foldersRule({ folder, imports }) {
  return {
    name: `${folder}-imports-only-its-own`,
    comment: `${folder}/ may import itself${imports.map((name) => ` and ${name}`).join('')}.`,
    severity: 'error',
    from: { path: inFolders([folder]) },
    to: { path: inFolders(ourFolders), pathNot: inFolders([folder, ...imports]) },
  };
}

function packagesRule({ folder, packages, bundled = [] }) {
  const allowed = [...packages, ...bundled].map(packagePattern).join('|');
  return {
    name: `${folder}-uses-only-its-packages`,
    comment: `A package new to ${folder}/ is added to scripts/architecture/folders.mjs with a decision.`,
    severity: 'error',
    from: { path: inFolders([folder]) },
    to: { path: '(^|/)node_modules/', pathNot: `(^|/)node_modules/(${allowed})` },
  };
}

function builtinsRule({ folder }) {
  return {
    name: `${folder}-uses-no-node`,
    comment: `${folder}/ runs where there is no Node.js.`,
    severity: 'error',
    from: { path: inFolders([folder]) },
    to: { dependencyTypes: ['core'] },
  };
}

function layerRule({ layer, imports }) {
  const allowed = inFolders([`renderer/${layer}`, ...imports]);
  return {
    name: `renderer-${layer}-stays-in-its-layer`,
    comment: `renderer/${layer} may import itself${imports.map((name) => ` and ${name}`).join('')}.`,
    severity: 'error',
    from: { path: `^renderer/${layer}/` },
    to: { path: inFolders(ourFolders), pathNot: allowed },
  };
}

const rendererRules = [
  {
    name: 'state-knows-no-component',
    comment: 'Stores mirror the truth; components come to them.',
    severity: 'error',
    from: { path: '^renderer/state/' },
    to: { path: '\\.svelte$' },
  },
  {
    name: 'features-know-not-each-other',
    comment:
      'views/ puts features together; what two of them need belongs to parts/, state/ or ui/.',
    severity: 'error',
    from: { path: '^renderer/features/([^/]+)/' },
    to: { path: '^renderer/features/', pathNot: '^renderer/features/$1/' },
  },
];

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one thing or three.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      // svelte/elements holds nothing but types.
      to: { couldNotResolve: true, pathNot: '^svelte/elements$' },
    },
    ...folderRules.map(foldersRule),
    ...folderRules.map(packagesRule),
    ...folderRules.filter((rule) => !rule.nodeBuiltins).map(builtinsRule),
    ...rendererLayers.map(layerRule),
    ...rendererRules,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The programs' few lines load a bundle, and build it first where they can.
    exclude: { path: ['^out/', '^(agent|cli)/dist/', '^(agent|cli)/[^/]+\\.mjs$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'browser', 'import', 'node', 'default'],
      mainFields: ['svelte', 'module', 'main', 'types'],
    },
  },
};
