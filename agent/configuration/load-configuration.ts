import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { err, ok, type Result } from '../../core/lib/result.ts';
import { describeProblem, readConfiguration, type Configuration } from './configuration.ts';
import { Ini } from './ini.ts';
import { TOKENS } from './tokens.ts';

/** Reads configuration files, one after the other, and then those of the folder that they name. */
export async function loadConfiguration(
  files: readonly string[],
  hostname: string,
): Promise<Result<Configuration, readonly string[]>> {
  const ini = new Ini(hostname);
  for (const file of files) {
    const added = await add(ini, file);
    if (!added.ok) return err([added.error]);
  }
  const folder = folderOf(ini);
  if (!folder.ok) return err([folder.error]);
  // The folder need not be there: then there is nothing to add.
  const names = await readdir(folder.value).catch(() => []);
  for (const name of names.filter((one) => one.endsWith('.conf')).sort()) {
    const added = await add(ini, join(folder.value, name));
    if (!added.ok) return err([added.error]);
  }
  return readConfiguration(ini);
}

function folderOf(ini: Ini): Result<string, string> {
  const { fallback = '' } = TOKENS.GLOBAL.modules_configuration_path;
  const given = ini.get('GLOBAL', 'modules_configuration_path');
  return given.ok ? ok(given.value ?? fallback) : err(describeProblem(given.error));
}

async function add(ini: Ini, file: string): Promise<Result<undefined, string>> {
  try {
    const added = ini.add(file, await readFile(file, 'utf8'));
    return added.ok ? added : err(describeProblem(added.error));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return err(`The configuration ${file} cannot be read: ${why}. Give its path with --config.`);
  }
}
