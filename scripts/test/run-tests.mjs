import { ensureNpmPackages } from '../lib/npm-packages.mjs';
import { formatDuration, step, StepFailure } from '../lib/steps.mjs';
import {
  canInstall,
  installHint,
  installMissing,
  missingNeeds,
  nameOf,
} from '../lib/system-packages.mjs';
import { faultsCheck, forgetReports } from './faults.mjs';
import { chooseGroups, groups, inTurns } from './groups.mjs';
import { closingLine, sumCounts, withSkipsAsFailures } from './results.mjs';

const everythingRequired = process.env.ARCHIPEL_REQUIRE === 'all';

/** Installs what the groups need where that is possible; otherwise says what to install. */
async function provideSystemPackages(chosen, say) {
  const purposes = new Set(chosen.flatMap(({ requires, wants }) => [...requires, ...wants]));
  const missing = missingNeeds([...purposes]);
  if (missing.length === 0) return 'complete';
  if (canInstall()) {
    try {
      await installMissing(missing, say);
      return 'installed';
    } catch (cause) {
      if (!(cause instanceof StepFailure)) throw cause;
      say(cause.message);
    }
  }
  say('Without them some tests are skipped. To install them:');
  for (const line of installHint(missing)) say(line);
  return `${missing.length} missing`;
}

/** Electron and the bundles, or why they cannot be had. */
async function provideApp(say) {
  const { ensureElectron } = await import('../electron-runtime.mjs');
  const { ensureBuilt } = await import('../build.mjs');
  await ensureBuilt();
  try {
    const { executable, version, source } = await ensureElectron(say);
    return { executable, summary: `Electron ${version ?? 'of its own version'} (${source})` };
  } catch (cause) {
    say(cause.message);
    return { summary: cause.message.split('\n')[0] };
  }
}

function reasonToSkip({ requires, needsApp }, app) {
  const missing = missingNeeds(requires);
  if (missing.length > 0) return `this machine lacks ${missing.map(nameOf).join(', ')}`;
  return needsApp && app.executable === undefined ? app.summary : undefined;
}

async function runGroup(group, app) {
  const reason = reasonToSkip(group, app);
  if (reason !== undefined) {
    console.log(`\n${group.name}: skipped, ${reason}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  console.log(`\n== ${group.name}${group.needsApp ? ` on ${app.summary}` : ''}`);
  return group.run(app.executable);
}

async function runTimed(group, app) {
  const started = Date.now();
  const seen = await runGroup(group, app).catch((cause) => {
    console.error(cause instanceof StepFailure ? cause.message : cause);
    return { passed: 0, failed: 1, skipped: 0 };
  });
  const counts = everythingRequired ? withSkipsAsFailures(seen) : seen;
  return { name: group.name, counts, took: Date.now() - started };
}

function report(results) {
  console.log('\nGroup          Time  Result');
  for (const { name, counts, took } of results) {
    console.log(`${name.padEnd(12)} ${formatDuration(took).padStart(10)}  ${closingLine(counts)}`);
  }
  const total = sumCounts(results.map(({ counts }) => counts));
  console.log(`\n${closingLine(total)}`);
  return total.failed > 0 ? 1 : 0;
}

/**
 * Prepares the machine and runs the groups of tests that the words name.
 * @param {readonly string[]} words
 * @returns {Promise<number>} the exit code
 */
export async function runTests(words) {
  const { chosen, unknown } = chooseGroups(words);
  if (unknown.length > 0) {
    const known = groups.map(({ name }) => name).join(', ');
    throw new StepFailure(`No group of tests is called ${unknown.join(', ')}.`, [
      `There are: quick, ${known}`,
    ]);
  }
  await step('npm packages', ensureNpmPackages, (outcome) => outcome);
  if (process.platform === 'linux') {
    const provide = (say) => provideSystemPackages(chosen, say);
    await step('System packages', provide, (outcome) => outcome);
  }
  const needsApp = chosen.some((group) => group.needsApp);
  const app = needsApp ? await step('App', provideApp, ({ summary }) => summary) : { summary: '' };
  const isEverything = words.length === 0;
  if (isEverything) forgetReports();
  const results = [];
  for (const turn of inTurns(isEverything ? [...chosen, faultsCheck] : chosen)) {
    results.push(...(await Promise.all(turn.map((group) => runTimed(group, app)))));
  }
  return report(results);
}
