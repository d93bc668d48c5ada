import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { startDesktopSession } from '../lib/desktop-session.mjs';
import { packageProgram } from '../lib/package-program.mjs';
import { root } from '../lib/project.mjs';
import { run } from '../lib/run.mjs';
import { missingNeeds } from '../lib/system-packages.mjs';
import { playwrightCounts, readCounts, vitestCounts } from './results.mjs';

function freshReport(name) {
  const file = path.join(root, 'out/test', `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

async function runVitest(project, env = {}) {
  const file = freshReport(project);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const args = [packageProgram('vitest'), 'run', '--project', `${project}*`, ...reporters];
  const options = { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } };
  const { code } = await run(process.execPath, args, options);
  return readCounts(file, vitestCounts, code);
}

async function runPlaywright(env) {
  const file = freshReport('e2e');
  const args = [packageProgram('@playwright/test', 'playwright'), 'test', '--reporter=list,json'];
  const { code } = await run(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: file },
  });
  return readCounts(file, playwrightCounts, code);
}

/** Runs work with a display: a virtual one on Linux, the machine's own elsewhere. */
async function onDesktop(work) {
  if (process.platform !== 'linux') return work({});
  const session = await startDesktopSession({
    withKeyring: missingNeeds(['keychain']).length === 0,
  });
  try {
    return await work(session.env);
  } finally {
    await session.stop();
  }
}

async function runChecks() {
  const checks = await import('../check/run-checks.mjs');
  return { ...(await checks.runChecks()), skipped: 0 };
}

/**
 * The groups of `npm test` in the order they run. A group cannot run without what it `requires`;
 * what it merely `wants` is installed where possible, and single tests skip themselves without it.
 * @typedef {object} Group
 * @property {string} name
 * @property {readonly string[]} requires
 * @property {readonly string[]} wants
 * @property {boolean} needsApp whether Electron and the bundles must be there
 * @property {boolean} [sharesMachine] whether it runs beside its neighbours of which that is true, too
 * @property {(electron: string) => Promise<import('./results.mjs').Counts>} run
 */

/** @type {readonly Group[]} */
export const groups = [
  { name: 'check', requires: [], wants: [], needsApp: false, run: runChecks },
  { name: 'unit', requires: [], wants: [], needsApp: false, run: () => runVitest('unit') },
  {
    name: 'contract',
    requires: [],
    wants: ['libvirt', 'xmppServers'],
    needsApp: false,
    run: () => runVitest('contract'),
  },
  {
    name: 'integration',
    requires: [],
    wants: ['xmppServers', 'libvirt', 'keychain', 'window', 'consoles', 'keyboards', 'ssh'],
    needsApp: false,
    run: () => runVitest('integration'),
  },
  {
    name: 'e2e',
    requires: ['window', 'display'],
    wants: ['keychain', 'twoDisplays', 'xmppServers', 'libvirt'],
    needsApp: true,
    run: (electron) => onDesktop((env) => runPlaywright({ ...env, ARCHIPEL_ELECTRON: electron })),
  },
  {
    name: 'fuzz',
    requires: [],
    wants: [],
    needsApp: false,
    sharesMachine: true,
    run: () => runVitest('fuzz'),
  },
  {
    name: 'chaos',
    requires: [],
    wants: [],
    needsApp: false,
    sharesMachine: true,
    run: () => runVitest('chaos'),
  },
  {
    name: 'packaging',
    requires: ['window', 'display'],
    wants: ['packaging'],
    needsApp: true,
    sharesMachine: true,
    run: () => onDesktop((env) => runVitest('packaging', env)),
  },
];

/**
 * The groups that words stand for: names, "quick", or none for all.
 * @param {readonly string[]} words
 * @returns {{ chosen: readonly Group[], unknown: readonly string[] }}
 */
export function chooseGroups(words) {
  const names = words.flatMap((word) => (word === 'quick' ? ['check', 'unit'] : [word]));
  const unknown = names.filter((name) => !groups.some((group) => group.name === name));
  const chosen = groups.filter(({ name }) => names.length === 0 || names.includes(name));
  return { chosen, unknown };
}

/**
 * The groups in the order they run; those of one array run at the same time.
 * @param {readonly Group[]} chosen
 * @returns {readonly (readonly Group[])[]}
 */
export function inTurns(chosen) {
  const turns = [];
  for (const group of chosen) {
    const last = turns.at(-1);
    if (group.sharesMachine && last?.[0].sharesMachine) last.push(group);
    else turns.push([group]);
  }
  return turns;
}
