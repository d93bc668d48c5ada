#!/usr/bin/env node
// Stands in for fpm when electron-builder makes a .deb where fpm cannot be downloaded: takes the
// same arguments and calls dpkg-deb.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const FLAGS = new Set(['--force']);

/** Splits fpm's arguments into options, dependencies and `from=to` pairs of files. */
export function parseArguments(args) {
  const parsed = { options: {}, depends: [], files: [] };
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index];
    if (FLAGS.has(argument)) continue;
    if (!argument.startsWith('-')) {
      const at = argument.lastIndexOf('=');
      parsed.files.push({ from: argument.slice(0, at), to: argument.slice(at + 1) });
      continue;
    }
    index += 1;
    if (argument === '-d' || argument === '--depends') parsed.depends.push(args[index]);
    else parsed.options[argument.replace(/^-+/, '')] = args[index];
  }
  return parsed;
}

/** The control file of a package. */
export function controlFile({ options, depends }, sizeKib) {
  const [summary = options.name, ...more] = (options.description ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const fields = [
    ['Package', options.name],
    // A hyphen would begin Debian's own revision.
    ['Version', options.version.replaceAll('-', '~')],
    ['Architecture', options.architecture],
    ['Maintainer', options.maintainer],
    ['Installed-Size', String(sizeKib)],
    ['Depends', depends.join(', ')],
    ['Recommends', options['deb-recommends']],
    ['Section', options.category],
    ['Priority', options['deb-priority'] ?? 'optional'],
    ['Homepage', options.url],
    ['Description', [summary, ...more.map((line) => ` ${line}`)].join('\n')],
  ];
  return fields
    .filter(([, value]) => value)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}

function copyFiles(files, tree) {
  for (const { from, to } of files) {
    const target = path.join(tree, to);
    mkdirSync(path.dirname(target), { recursive: true });
    cpSync(from, target, { recursive: true, verbatimSymlinks: true });
  }
}

/** Gives everybody the right to read, and the size of all files in bytes. */
function settle(folder) {
  chmodSync(folder, 0o755);
  return readdirSync(folder, { withFileTypes: true }).reduce((total, entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return total + settle(file);
    if (entry.isSymbolicLink()) return total;
    const { mode, size } = statSync(file);
    chmodSync(file, mode & 0o111 ? 0o755 : 0o644);
    return total + size;
  }, 0);
}

function buildPackage(args) {
  const parsed = parseArguments(args);
  const { options, files } = parsed;
  if (options.t !== 'deb') throw new Error(`only deb packages can be made here, not ${options.t}`);
  const tree = mkdtempSync(path.join(tmpdir(), 'archipel-deb-'));
  try {
    copyFiles(files, tree);
    const sizeKib = Math.ceil(settle(tree) / 1024);
    mkdirSync(path.join(tree, 'DEBIAN'));
    writeFileSync(path.join(tree, 'DEBIAN/control'), controlFile(parsed, sizeKib));
    for (const [option, script] of [
      ['after-install', 'postinst'],
      ['after-remove', 'postrm'],
    ]) {
      if (options[option] === undefined) continue;
      copyFileSync(options[option], path.join(tree, 'DEBIAN', script));
      chmodSync(path.join(tree, 'DEBIAN', script), 0o755);
    }
    const level = process.env.ELECTRON_BUILDER_COMPRESSION_LEVEL;
    const compression = [
      `-Z${(options['deb-compression'] ?? 'xz').replace(/^gz$/, 'gzip')}`,
      ...(level ? [`-z${level}`] : []),
    ];
    const build = [
      '--root-owner-group',
      ...compression,
      '--build',
      tree,
      options.package ?? options.p,
    ];
    return spawnSync('dpkg-deb', build, { stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.exitCode = buildPackage(process.argv.slice(2));
}
