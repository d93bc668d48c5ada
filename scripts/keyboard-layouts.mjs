// npm run keyboard:layouts [-- --check]: makes the tables in core/keyboard/ anew from xkb-data.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { readKeysyms } from './keyboard/keysyms.mjs';
import { layoutSources } from './keyboard/layout-sources.mjs';
import { makeTables } from './keyboard/make-tables.mjs';
import { renderComposeTable, renderLayoutTables } from './keyboard/render-tables.mjs';
import { root } from './lib/project.mjs';

const COMPOSE = '/usr/share/X11/locale/en_US.UTF-8/Compose';

/** The keymap of a layout, compiled by libxkbcommon from the rules of xkb-data. */
function compileKeymap({ layout, variant }) {
  const of = ['--layout', layout, ...(variant === undefined ? [] : ['--variant', variant])];
  const args = ['compile-keymap', '--rules', 'evdev', '--model', 'pc105', ...of];
  return execFileSync('xkbcli', args, { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 });
}

function versionOf(debianPackage) {
  const args = ['-W', '-f', '${Version}', debianPackage];
  return execFileSync('dpkg-query', args, { encoding: 'utf8' });
}

const tables = makeTables({
  keymaps: layoutSources.map((source) => ({ source, text: compileKeymap(source) })),
  compose: readFileSync(COMPOSE, 'utf8'),
  keysyms: readKeysyms(),
});
const versions = { xkbData: versionOf('xkb-data'), libX11: versionOf('libx11-data') };
const made = [
  ['core/keyboard/layout-tables.ts', renderLayoutTables(tables, versions)],
  ['core/keyboard/compose-table.ts', renderComposeTable(tables, versions)],
];

for (const [name, text] of made) {
  const file = path.join(root, name);
  const options = { ...(await prettier.resolveConfig(file)), filepath: file };
  const formatted = await prettier.format(text, options);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, formatted);
    console.log(`made ${name}: ${Buffer.byteLength(formatted)} bytes`);
  } else if (readFileSync(file, 'utf8') !== formatted) {
    console.error(`${name} is not what xkb-data ${versions.xkbData} says.`);
    console.error('  Run: npm run keyboard:layouts');
    process.exitCode = 1;
  }
}
console.log(`${tables.layouts.length} layouts, xkb-data ${versions.xkbData}`);
