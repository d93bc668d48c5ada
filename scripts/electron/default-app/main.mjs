// Takes the place of Electron's own default app in the fallback runtime: loads the application
// whose folder or file is the first plain argument.
import { app } from 'electron';
import { existsSync, readFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

function parseArguments(args) {
  const preloads = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index];
    if (argument === '--version' || argument === '-v') return { print: process.versions.electron };
    if (argument === '--abi' || argument === '-a') return { print: process.versions.modules };
    if (argument === '--require' || argument === '-r') {
      preloads.push(args[index + 1]);
      index += 1;
    } else if (!argument.startsWith('-')) return { target: path.resolve(argument), preloads };
  }
  return { preloads };
}

/** Makes `app` tell the loaded application's name, version and folder, not ours. */
function introduce(folder) {
  const manifest = path.join(folder, 'package.json');
  if (!existsSync(manifest)) return;
  const { name, productName, version, desktopName } = JSON.parse(readFileSync(manifest, 'utf8'));
  app.setName(productName ?? name);
  if (version !== undefined) app.setVersion(version);
  app.setDesktopName(desktopName ?? `${app.name}.desktop`);
  app.setAppPath(folder);
}

function quit(text, code) {
  process[code === 0 ? 'stdout' : 'stderr'].write(`${text}\n`);
  process.exit(code);
}

const { print, target, preloads } = parseArguments(process.argv.slice(1));
if (print !== undefined) quit(print, 0);
if (target === undefined) quit('usage: electron [-r <module>] <folder or file>', 64);
for (const preload of preloads) Module._preloadModules([preload]);
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true });
try {
  introduce(target);
  const entry = require.resolve(target);
  if (!existsSync(path.join(target, 'package.json'))) app.setAppPath(path.dirname(entry));
  await import(pathToFileURL(entry).href);
} catch (cause) {
  quit(`The application could not be loaded: ${cause?.stack ?? cause}`, 1);
}
