import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';

/** How npm is called on this machine: the npm that runs us, else the one on the path. */
export function npmCommand(...args) {
  const own = process.env.npm_execpath;
  if (own?.endsWith('.js'))
    return { command: process.execPath, args: [own, ...args], shell: false };
  // Windows starts npm.cmd only through its shell.
  return { command: 'npm', args, shell: process.platform === 'win32' };
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number, output: string }>} the exit code (127 when it cannot start) and,
 *   unless the output is inherited, all that it wrote
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const stdio = options.stdio ?? ['ignore', 'pipe', 'pipe'];
    const child = spawn(command, args, { ...options, stdio });
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => chunks.push(chunk));
    }
    const output = () => Buffer.concat(chunks).toString('utf8');
    child.on('error', (cause) => resolve({ code: 127, output: `${output()}${cause.message}\n` }));
    child.on('close', (code, signal) => {
      resolve({ code: code ?? 128 + (constants.signals[signal] ?? 0), output: output() });
    });
  });
}

/** Whether a program is on the path of this process. */
export function hasProgram(name) {
  if (process.platform === 'win32') return spawnSync('where', [name]).status === 0;
  // Daemons live in sbin, which an ordinary user's path often leaves out.
  const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
  const script = 'command -v "$0" >/dev/null';
  return spawnSync('sh', ['-c', script, name], { env: { ...process.env, PATH } }).status === 0;
}
