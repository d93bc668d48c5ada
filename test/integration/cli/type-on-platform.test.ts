import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PlatformAnnouncement } from '../../../core/domain/platform-announcement.ts';
import { startKeyring, type Keyring } from '../../support/keyring.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { root, runNode } from '../../support/run-program.ts';

const ADMIN = 'admin@archipel.test';
const PROGRAMS = ['gnome-keyring-daemon', 'dbus-daemon', 'dbus-send'];

/** With a keychain that knows the password, so that standard input has room for a text. */
describe.skipIf(!requirePrograms('typing on the platform', PROGRAMS))('archipel type', () => {
  let demo: ChildProcess;
  let keyring: Keyring;
  let profile: string;

  beforeAll(async () => {
    keyring = await startKeyring();
    profile = await mkdtemp(path.join(tmpdir(), 'archipel-type-'));
    demo = spawn(process.execPath, ['cli/archipel.mjs', 'demo', '--json'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    if (!demo.stdout) throw new Error('the platform has no output');
    const [line] = (await once(createInterface(demo.stdout), 'line')) as [string];
    const platform = v.parse(PlatformAnnouncement, JSON.parse(line));
    const { host, port, fingerprint, accounts } = platform;
    const password = accounts.find(({ jid }) => jid === ADMIN)?.password ?? '';
    const server = ['--host', host, '--port', String(port), '--trust', fingerprint];
    const login = await archipel(password, 'login', ADMIN, ...server);
    expect(login).toEqual({ code: 0, out: `${ADMIN} is logged in.\n`, error: '' });
  });

  afterAll(async () => {
    const gone = once(demo, 'exit');
    demo.kill('SIGTERM');
    await gone;
    await keyring.stop();
    await rm(profile, { recursive: true });
  });

  function archipel(input: string, ...args: readonly string[]) {
    const words = ['cli/archipel.mjs', '--profile', profile, ...args];
    return runNode(words, input, keyring.environment);
  }

  it('says which layout it took when the definition tells none', async () => {
    const { code, out, error } = await archipel('a', 'type', 'web-01', '--dry-run', '--json');
    expect({ code, error }).toEqual({
      code: 0,
      error:
        'Layout English (US), since the definition does not tell one. Another one: --layout.\n',
    });
    expect(JSON.parse(out)).toMatchObject({ layout: 'us', untypable: [] });
  });

  it('says of a name that it means nobody', async () => {
    const { code, error } = await archipel('a', 'type', 'nobody', '--dry-run');
    expect({ code, error }).toMatchObject({ code: 2 });
    expect(error).toContain('“nobody” is not in the roster');
  });
});
