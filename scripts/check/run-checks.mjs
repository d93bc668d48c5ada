import { availableParallelism } from 'node:os';
import { root } from '../lib/project.mjs';
import { run } from '../lib/run.mjs';
import { formatDuration } from '../lib/steps.mjs';
import { allChecks } from './checks.mjs';

async function runCheck({ name, args, accepts }) {
  const started = Date.now();
  const env = {
    ...process.env,
    ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
  };
  const { code, output } = await run(process.execPath, args, { cwd: root, env });
  const passed = code === 0 || accepts?.test(output) === true;
  const time = formatDuration(Date.now() - started);
  console.log(`  ${passed ? 'ok    ' : 'FAILED'}  ${name.padEnd(26)} ${time.padStart(8)}`);
  return { name, passed, output };
}

/** Runs checks side by side, as many as there are processors, in the order given. */
async function runAll(checks) {
  const waiting = [...checks];
  const results = [];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      results.push(await runCheck(next));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return results;
}

/**
 * Runs all checks, or those whose name begins with one of the given words, and prints what the
 * failing ones say.
 * @param {readonly string[]} words
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks(words = []) {
  const chosen = allChecks().filter(
    ({ name }) => words.length === 0 || words.some((word) => name.startsWith(word)),
  );
  if (chosen.length === 0) {
    console.error(`No check is called ${words.join(' or ')}.`);
    return { passed: 0, failed: 1 };
  }
  const failed = (await runAll(chosen)).filter(({ passed }) => !passed);
  for (const { name, output } of failed) console.log(`\n── ${name}\n${output.trim()}`);
  return { passed: chosen.length - failed.length, failed: failed.length };
}
