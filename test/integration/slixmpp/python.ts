import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** Debian's own interpreter: another one on the path does not see Debian's packages. */
const PYTHON = '/usr/bin/python3';

async function run(input: string, args: readonly string[]): Promise<string> {
  const child = spawn(PYTHON, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: 120_000 });
  let [output, complaints] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString('utf8')));
  child.stdin.end(input);
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`python3 ended with ${String(code)}: ${complaints}`);
  return output;
}

/** Runs a script of this folder on one JSON value; it prints another. */
export async function runPython(script: string, input: unknown): Promise<unknown> {
  const output = await run(JSON.stringify(input), ['-B', join(import.meta.dirname, script)]);
  return JSON.parse(output);
}

/** Whether slixmpp is installed; when not, says so in one line, or fails where skipping is forbidden. */
export async function hasSlixmpp(): Promise<boolean> {
  try {
    await run('', ['-c', 'import slixmpp']);
    return true;
  } catch {
    const reason = 'slixmpp: skipped, python3-slixmpp is not installed here';
    if (process.env['ARCHIPEL_REQUIRE'] === 'all') throw new Error(reason);
    console.warn(reason);
    return false;
  }
}
