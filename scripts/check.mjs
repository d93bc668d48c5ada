// npm run check [-- <name>…]: format, lint, types, architecture, dead code, notices.
import './lib/require-node.mjs';
import { ensureNpmPackages } from './lib/npm-packages.mjs';
import { formatDuration, runScript, step } from './lib/steps.mjs';

await runScript(async () => {
  const started = Date.now();
  await step('npm packages', ensureNpmPackages, (outcome) => outcome);
  const { runChecks } = await import('./check/run-checks.mjs');
  const { passed, failed } = await runChecks(process.argv.slice(2));
  console.log(
    `\nChecks: ${passed} passed, ${failed} failed (${formatDuration(Date.now() - started)})`,
  );
  return failed > 0 ? 1 : 0;
});
