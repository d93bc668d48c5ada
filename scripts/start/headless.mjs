import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/project.mjs';
import { StepFailure } from '../lib/steps.mjs';
import { startVirtualDisplay } from '../lib/virtual-display.mjs';

const LIMIT_MS = 75_000;
const screens = path.join(root, 'out/screens');

const HOW_TO_WATCH = [
  'To see it live, run npm start where there is a display (over SSH: ssh -X),',
  'or keep it running with npm start -- --stay and attach a VNC server such as x11vnc to its display.',
];

/** Waits for a child's end, which comes at the latest when its time is over or we are told to end. */
async function endOf(child, limitMs) {
  let stopped;
  const stop = (why) => {
    stopped = why;
    child.kill('SIGTERM');
  };
  const timer =
    limitMs === undefined ? undefined : setTimeout(stop, limitMs, `${limitMs / 1000} s passed`);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  try {
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode, signal) => resolve(exitCode ?? signal));
    });
    return { code, stopped };
  } finally {
    clearTimeout(timer);
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

/** Starts the app on a virtual display; it takes its own pictures and says what it saw. */
async function portray(executable, args, { display, stay }) {
  const child = spawn(executable, [root, '--self-portrait', screens, ...args], {
    env: { ...process.env, DISPLAY: display },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const noise = [];
  child.stderr.on('data', (chunk) => {
    // Chromium complains about buses and graphics cards that a server rightly lacks.
    noise.push(chunk);
    if (noise.length > 200) noise.shift();
  });
  const { code, stopped } = await endOf(child, stay ? undefined : LIMIT_MS);
  if (stopped === undefined ? code === 0 : stay) return;
  const last = Buffer.concat(noise).toString('utf8').trim().split('\n').slice(-15);
  throw new StepFailure(
    `The app ended with ${code}${stopped === undefined ? '' : ` after ${stopped}`}.`,
    [`Pictures taken so far are in ${screens}. Its last words:`, ...last],
  );
}

/** Shows the app to itself where nobody else can look. */
export async function showWithoutDisplay(executable, args, stay) {
  mkdirSync(screens, { recursive: true });
  const display = await startVirtualDisplay();
  console.log(`No display here, so the app starts on the virtual display ${display.name}.`);
  try {
    await portray(executable, stay ? ['--stay', ...args] : args, { display: display.name, stay });
  } finally {
    await display.stop();
  }
  console.log(`Pictures: ${path.relative(process.cwd(), screens) || '.'}/*.png`);
  for (const line of HOW_TO_WATCH) console.log(line);
}
