// npm run docs:protocol: makes the generated parts of docs/protocol/*.md anew from the definitions.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import prettier from 'prettier';
import { runnerImport } from 'vite';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs/protocol');

const { module } = await runnerImport(join(root, 'core/protocol/reference-tables.ts'), {
  configFile: false,
  logLevel: 'error',
});

let changed = 0;
for (const name of (await readdir(folder)).filter((one) => one.endsWith('.md'))) {
  const path = join(folder, name);
  const page = await readFile(path, 'utf8');
  const options = await prettier.resolveConfig(path);
  const made = await prettier.format(module.withGeneratedParts(page), {
    ...options,
    filepath: path,
  });
  if (made === page) continue;
  await writeFile(path, made);
  changed += 1;
  console.log(`made docs/protocol/${name}`);
}
console.log(changed === 0 ? 'docs/protocol is current' : `${changed} pages changed`);
