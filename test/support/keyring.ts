import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A Secret Service of its own: a private session bus and an unlocked throw-away gnome-keyring. */
export interface Keyring {
  /** What a process needs in its environment to use it. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

export async function startKeyring(): Promise<Keyring> {
  const folder = await mkdtemp(join(tmpdir(), 'archipel-keyring-'));
  const runtime = join(folder, 'run');
  await mkdir(runtime, { mode: 0o700 });
  await mkdir(join(folder, 'data', 'keyrings'), { recursive: true });
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const address = await firstLine(bus);
  const environment = {
    DBUS_SESSION_BUS_ADDRESS: address,
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_RUNTIME_DIR: runtime,
    XDG_CONFIG_HOME: join(folder, 'config'),
  };
  const daemon = spawn(
    'gnome-keyring-daemon',
    ['--unlock', '--foreground', '--components=secrets', `--control-directory=${runtime}`],
    { env: { ...process.env, ...environment }, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  daemon.stdin.end('throw-away');
  await ownsSecretService(environment);
  return {
    environment,
    stop: async () => {
      await end(daemon);
      await end(bus);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('dbus-daemon has no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return line;
}

/** Waits until the bus has an owner for org.freedesktop.secrets. */
async function ownsSecretService(environment: Readonly<Record<string, string>>): Promise<void> {
  const question = [
    '--session',
    '--print-reply',
    '--dest=org.freedesktop.DBus',
    '/org/freedesktop/DBus',
    'org.freedesktop.DBus.GetNameOwner',
    'string:org.freedesktop.secrets',
  ];
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const child = spawn('dbus-send', question, {
      env: { ...process.env, ...environment },
      stdio: 'ignore',
    });
    const [code] = (await once(child, 'exit')) as [number];
    if (code === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('gnome-keyring did not take the name org.freedesktop.secrets within 5 s');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
