// npm run dev [-- <arguments of the app>]: builds and restarts the app whenever a source changes.
import './lib/require-node.mjs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, watch } from 'node:fs';
import path from 'node:path';
import { root } from './lib/project.mjs';
import { runScript } from './lib/steps.mjs';

const WATCHED = ['core', 'node', 'client', 'main', 'preload', 'renderer', 'agent', 'demo'];
// Editors write a file in several strokes.
const SETTLE_MS = 150;

/** Resolves at the first change of a source after which nothing has changed for a moment. */
function nextChange() {
  return new Promise((resolve) => {
    let timer;
    const folders = WATCHED.map((name) => path.join(root, name)).filter(existsSync);
    const watchers = folders.map((folder) =>
      watch(folder, { recursive: true }, () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          for (const watcher of watchers) watcher.close();
          resolve('changed');
        }, SETTLE_MS);
      }),
    );
  });
}

async function buildOrComplain() {
  const { ensureBuilt } = await import('./build.mjs');
  const started = Date.now();
  try {
    const built = await ensureBuilt();
    console.log(`Built ${built.join(', ') || 'nothing'} in ${Date.now() - started} ms.`);
    return true;
  } catch (cause) {
    console.error(`${cause.message}\nWaiting for the next change.`);
    return false;
  }
}

async function stop(child) {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill();
  await gone;
}

await runScript(async () => {
  const { prepare } = await import('./start/start-app.mjs');
  const { appArguments, chromiumArguments } = await import('./start/launch-arguments.mjs');
  const { executable } = await prepare(['window']);
  const machine = {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    env: process.env,
  };
  const args = [root, ...chromiumArguments(machine), ...appArguments(process.argv.slice(2))];
  for (;;) {
    const change = nextChange();
    const child = (await buildOrComplain())
      ? spawn(executable, args, { stdio: 'inherit' })
      : undefined;
    const closed = child === undefined ? [] : [once(child, 'exit').then(() => 'closed')];
    const event = await Promise.race([change, ...closed]);
    // Closing the window ends the loop as it would end the app.
    if (event === 'closed') return child.exitCode ?? 0;
    await stop(child);
  }
});
