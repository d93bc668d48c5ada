import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Whether the programs that a group of tests needs are installed. When one is missing, says so in
 * one line, or fails where ARCHIPEL_REQUIRE=all forbids to skip.
 */
export function requirePrograms(group: string, programs: readonly string[]): boolean {
  const lack = whatIsMissing(programs);
  if (lack === undefined) return true;
  const reason = `${group}: skipped, ${lack}`;
  if (process.env['ARCHIPEL_REQUIRE'] === 'all') throw new Error(reason);
  console.warn(reason);
  return false;
}

/** Which of the programs are not installed, and how they are; undefined when all are. */
export function whatIsMissing(programs: readonly string[]): string | undefined {
  const missing = programs.filter((program) => findProgram(program) === undefined);
  if (missing.length === 0) return undefined;
  const remedy =
    'npm test installs it as root on Debian or Ubuntu, and tells the command elsewhere';
  return `not installed here: ${missing.join(', ')} (${remedy})`;
}

/** The path of a program on PATH or among the system's own. */
export function findProgram(program: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
