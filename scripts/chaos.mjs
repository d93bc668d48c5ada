// npm run chaos [-- --seconds N --seed N --hypervisors N --vms N]: the client on a platform on which everything breaks.
import './lib/require-node.mjs';
import { parseArgs } from 'node:util';
import { packageProgram } from './lib/package-program.mjs';
import { root } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { runScript, StepFailure } from './lib/steps.mjs';

const LIMITS = { seconds: 86_400, seed: 999_999, hypervisors: 250, vms: 20 };
/** A soak at the size at which budgets hold; the short form is among the tests. */
const SOAK = { seconds: '1800', hypervisors: '250', vms: '20' };

function readArguments(args) {
  const options = Object.fromEntries(Object.keys(LIMITS).map((name) => [name, { type: 'string' }]));
  const { values } = parseArgs({ args, options });
  const given = { ...SOAK, seed: String(1 + (Date.now() % LIMITS.seed)), ...values };
  for (const [name, most] of Object.entries(LIMITS)) {
    const value = Number(given[name]);
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw new StepFailure(`--${name} must be a number from 1 to ${most}`);
    }
  }
  return given;
}

await runScript(async () => {
  const given = readArguments(process.argv.slice(2));
  const own = Object.entries(given).map(([name, value]) => [
    `ARCHIPEL_CHAOS_${name.toUpperCase()}`,
    value,
  ]);
  const env = { ...process.env, ...Object.fromEntries(own) };
  const args = [packageProgram('vitest'), 'run', '--project', 'chaos'];
  const { code } = await run(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  return code;
});
