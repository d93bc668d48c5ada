import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { run } from './run.mjs';
import { StepFailure } from './steps.mjs';
import { startVirtualDisplay } from './virtual-display.mjs';

const KEYRING_LIMIT_MS = 10_000;

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Waits until the keyring answers on the bus. */
async function keyringAnswers(env) {
  const bus = 'org.freedesktop.DBus';
  const question = [`--dest=${bus}`, '/org/freedesktop/DBus', `${bus}.NameHasOwner`];
  const args = ['--session', '--print-reply', ...question, 'string:org.freedesktop.secrets'];
  const deadline = Date.now() + KEYRING_LIMIT_MS;
  while (Date.now() < deadline) {
    const { output } = await run('dbus-send', args, { env });
    if (output.includes('boolean true')) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new StepFailure(`gnome-keyring did not answer within ${KEYRING_LIMIT_MS / 1000} s.`);
}

/** A private bus with an unlocked keyring that is thrown away; no service of the machine is met. */
async function startKeyring(folder) {
  const runtime = path.join(folder, 'run');
  mkdirSync(runtime, { mode: 0o700 });
  mkdirSync(path.join(folder, 'data/keyrings'), { recursive: true });
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [address] = await once(createInterface(bus.stdout), 'line');
  const env = {
    DBUS_SESSION_BUS_ADDRESS: address,
    // Without a system bus Chromium would log a complaint for each service it looks for.
    DBUS_SYSTEM_BUS_ADDRESS: address,
    XDG_DATA_HOME: path.join(folder, 'data'),
    XDG_CONFIG_HOME: path.join(folder, 'config'),
    XDG_RUNTIME_DIR: runtime,
  };
  const keyring = spawn(
    'gnome-keyring-daemon',
    ['--unlock', '--foreground', '--components=secrets', `--control-directory=${runtime}`],
    { env: { ...process.env, ...env }, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  keyring.stdin.end('throw-away');
  const stop = async () => {
    await end(keyring);
    await end(bus);
  };
  await keyringAnswers({ ...process.env, ...env }).catch(async (cause) => {
    await stop();
    throw cause;
  });
  return { env, stop };
}

/**
 * Starts what a desktop application expects around it: a virtual display and, where it can, a bus
 * with a keyring.
 * @param {{ withKeyring: boolean }} options
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> }>}
 */
export async function startDesktopSession({ withKeyring }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'archipel-session-'));
  const started = [];
  const stop = async () => {
    for (const part of started.reverse()) await part.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const display = await startVirtualDisplay();
    started.push(display);
    const keyring = withKeyring ? await startKeyring(folder) : { env: {}, stop: async () => {} };
    started.push(keyring);
    return { env: { DISPLAY: display.name, ...keyring.env }, stop };
  } catch (cause) {
    await stop();
    throw cause;
  }
}
