import { existsSync } from 'node:fs';
import path from 'node:path';
import { folderRules } from '../architecture/folders.mjs';
import { readJson, root } from '../lib/project.mjs';

/** Where Node would find a package that another one asks for, as a key of the lockfile. */
function findPlace(packages, from, name) {
  for (let folder = from; ; folder = folder.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, '')) {
    const place = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[place] !== undefined) return place;
    if (folder === '') return undefined;
  }
}

/** What a package cannot do without; an optional peer is some tool, not its code. */
function neededBy({ dependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} }) {
  const peers = Object.keys(peerDependencies);
  const required = peers.filter((name) => peerDependenciesMeta[name]?.optional !== true);
  return [...Object.keys(dependencies), ...required];
}

/**
 * The lockfile's places of all packages whose code users get: the dependencies, the development
 * dependencies that are bundled into the pages, and all that these need.
 * @param {{ packages: Record<string, any> }} lock
 * @param {readonly string[]} bundled
 * @returns {string[]} sorted
 */
export function shippedPlaces(lock, bundled) {
  const roots = Object.keys(lock.packages[''].dependencies ?? {});
  const waiting = [...roots, ...bundled].map((name) => ['', name]);
  const found = new Set();
  while (waiting.length > 0) {
    const [from, name] = waiting.pop();
    const place = findPlace(lock.packages, from, name);
    if (place === undefined || found.has(place)) continue;
    found.add(place);
    for (const needed of neededBy(lock.packages[place])) waiting.push([place, needed]);
  }
  return [...found].sort();
}

/** The installed packages whose code users get, by their folders below the repository. */
export function shippedPackages() {
  const bundled = folderRules.flatMap((rule) => rule.bundled ?? []);
  return shippedPlaces(readJson('package-lock.json'), bundled).filter((place) =>
    // An optional part for another operating system.
    existsSync(path.join(root, place, 'package.json')),
  );
}
