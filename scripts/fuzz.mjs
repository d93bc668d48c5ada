// npm run fuzz [-- --seconds N --seed N --only <target>]: strange input to all that reads what strangers write.
import './lib/require-node.mjs';
import { parseArgs } from 'node:util';
import { packageProgram } from './lib/package-program.mjs';
import { root } from './lib/project.mjs';
import { run } from './lib/run.mjs';
import { runScript, StepFailure } from './lib/steps.mjs';

const LIMITS = { seconds: 86_400, seed: 2_000_000_000 };
const LONG_FORM = { seconds: '600' };

function readArguments(args) {
  const options = {
    seconds: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
  };
  const { values } = parseArgs({ args, options });
  const given = { ...LONG_FORM, seed: String(1 + (Date.now() % LIMITS.seed)), ...values };
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
  console.log(`fuzz: ${given.seconds} s from the seed ${given.seed}`);
  const own = Object.entries(given).map(([name, value]) => [
    `ARCHIPEL_FUZZ_${name.toUpperCase()}`,
    value,
  ]);
  const env = { ...process.env, ...Object.fromEntries(own) };
  const args = [packageProgram('vitest'), 'run', '--project', 'fuzz'];
  const { code } = await run(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  return code;
});
