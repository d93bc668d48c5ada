import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './project.mjs';

/**
 * How to start a program of an installed npm package on any operating system.
 * @param {string} packageName
 * @param {string} program the package's own name unless it has several
 * @returns {string} the path of its JavaScript file, for Node to run
 */
export function packageProgram(packageName, program = packageName) {
  const folder = path.join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[program]);
}
