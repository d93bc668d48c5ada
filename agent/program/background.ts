import { spawn } from 'node:child_process';
import { mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Values } from '../configuration/configuration.ts';

/** Starts the program once more, detached from this terminal; what it says goes to the log file. */
export function goToBackground({ LOGGING }: Values, files: readonly string[]): void {
  const path = LOGGING.logging_file_path;
  mkdirSync(dirname(path), { recursive: true });
  const log = openSync(path, 'a', 0o640);
  const script = process.argv[1] ?? '';
  const args = [...process.execArgv, script, '--detached', '--config', files.join(',')];
  const child = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
}
