// npm run build [-- --force] [name…]: bundles what has changed into out/.
import { pathToFileURL } from 'node:url';
import { build } from 'vite';
import { isFresh, markBuilt } from './build/freshness.mjs';
import { buildTargets } from './build/targets.mjs';
import { runScript, step, StepFailure } from './lib/steps.mjs';

/**
 * Builds those targets whose output is older than their sources.
 * @param {{ only?: readonly string[], force?: boolean }} options
 * @returns {Promise<readonly string[]>} the names of what was built
 */
export async function ensureBuilt({ only, force = false } = {}) {
  const built = [];
  for (const { name, sources, settings } of buildTargets()) {
    if (only !== undefined && !only.includes(name)) continue;
    if (!force && isFresh(name, sources)) continue;
    const startedAt = new Date();
    await build(settings).catch((cause) => {
      throw new StepFailure(`The bundle ${name} could not be built:\n${cause.message}`);
    });
    markBuilt(name, startedAt);
    built.push(name);
  }
  return built;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runScript(async () => {
    const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
    const options = {
      only: names.length > 0 ? names : undefined,
      force: process.argv.includes('--force'),
    };
    await step(
      'Build',
      () => ensureBuilt(options),
      (built) => (built.length > 0 ? `built ${built.join(', ')}` : 'nothing has changed'),
    );
    return 0;
  });
}
