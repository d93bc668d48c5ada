import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { PlatformAnnouncement } from '../../../core/domain/platform-announcement.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import { expectOk } from '../../support/expect-result.ts';

const ROOT = join(import.meta.dirname, '../../..');
const ENTRY = join(ROOT, 'out/demo/index.js');

let children: ChildProcess[] = [];

function start(args: readonly string[], stdio: 'ignore' | 'ipc' = 'ignore'): ChildProcess {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    stdio: stdio === 'ipc' ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

async function announcement(child: ChildProcess): Promise<PlatformAnnouncement> {
  const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
  return v.parse(PlatformAnnouncement, JSON.parse(line));
}

beforeAll(async () => {
  const build = spawn(process.execPath, ['scripts/build.mjs', 'demo'], { cwd: ROOT });
  const [code] = (await once(build, 'exit')) as [number];
  expect(code).toBe(0);
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
});

describe('the demo process', () => {
  it('announces a platform that one can log in to, and ends when asked', async () => {
    const child = start(['--json', '--seed', '4']);
    const platform = await announcement(child);
    expect(platform.accounts.map(({ role }) => role)).toEqual([
      'admin',
      'operator',
      'auditor',
      'user',
    ]);
    const { jid, password } = platform.accounts[0]!;
    const session = new XmppSession({
      jid,
      password: () => Promise.resolve(password),
      endpoint: { host: platform.host, port: platform.port },
      tls: { pinnedFingerprint: platform.fingerprint },
    });
    expectOk(await session.connect());
    await session.disconnect();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('ends when the process that started it lets go of it', async () => {
    const child = start(['--json'], 'ipc');
    await announcement(child);
    child.disconnect();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('has other passwords in each run', async () => {
    const platforms = await Promise.all([start([]), start([])].map(announcement));
    const [one, other] = platforms.map(({ accounts }) => accounts.map(({ password }) => password));
    expect(one!.filter((password) => other!.includes(password))).toEqual([]);
  });

  it.each([
    [['--hypervisors', '0'], '--hypervisors must be a number from 1 to 1000'],
    [['--clock', 'cuckoo'], '--clock must be system or manual'],
    [['--what'], "Unknown option '--what'"],
  ])('refuses %j and says why', async (args, words) => {
    const child = start(args);
    let complaint = '';
    child.stderr!.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, complaint.startsWith(words)]).toEqual([2, true]);
  });
});
