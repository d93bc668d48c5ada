import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MemoryLog } from '../../../../demo/ssh/memory-log.ts';
import { DEMO_LOG } from '../../../../demo/ssh/scripted-shell.ts';
import { startSshHost, type SshHost } from '../../../../demo/ssh/ssh-host.ts';
import { askHost } from '../../../../node/ssh/agent-check.ts';
import type { SshConnection } from '../../../../node/ssh/ssh-connection.ts';
import { SshConnector } from '../../../../node/ssh/ssh-connector.ts';
import { SshFailureError } from '../../../../node/ssh/ssh-failure-error.ts';
import { systemClock } from '../../../../node/xmpp/clock.ts';

const PASSWORD = 'of this run';

let host: SshHost;
let folder = '';
let connection: SshConnection | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipel-demo-ssh-'));
  const log = new MemoryLog();
  for (const line of ['one', 'two', 'three']) log.write(line);
  const scripted = {
    name: 'hv1',
    user: 'hv1',
    log,
    now: () => Date.now(),
    isAgentRunning: () => true,
  };
  host = await startSshHost(new Map([['hv1', scripted]]), PASSWORD);
});
afterEach(async () => {
  await connection?.close();
  connection = undefined;
  await host.stop();
  await rm(folder, { recursive: true });
});

async function connect(user: string, password: string): Promise<SshConnection> {
  const ownKnownHosts = join(folder, 'known_hosts');
  const surroundings = {
    home: folder,
    localUser: 'ada',
    platform: 'linux',
    environment: {},
  } as const;
  const connector = new SshConnector({ ownKnownHosts, configFiles: [], surroundings });
  connection = await connector.connect(
    { host: host.host, port: host.port, user },
    {
      trustHostKey: async ({ fingerprint }) => fingerprint === host.fingerprint,
      secret: async (question) =>
        'isAgain' in question && question.isAgain ? undefined : password,
    },
  );
  return connection;
}

async function run(command: string, input = ''): Promise<readonly [string, string, number]> {
  const channel = await (await connect('hv1', PASSWORD)).run(command);
  let [out, error] = ['', ''];
  channel.on('data', (chunk: Buffer) => (out += chunk.toString()));
  channel.stderr.on('data', (chunk: Buffer) => (error += chunk.toString()));
  const closed = once(channel, 'close');
  channel.end(input);
  const [code] = (await closed) as [number];
  return [out, error, code];
}

it.each([
  [`tail -n 2 ${DEMO_LOG}`, 'two\nthree\n', 0],
  [`grep -i ONE ${DEMO_LOG}`, 'one\n', 0],
  ['hostname', 'hv1\n', 0],
  ['cat /etc/passwd', '', 1],
  ['bash -c id', '', 127],
  ['constructor', '', 127],
])('answers “%s” from memory', async (command, out, code) => {
  const [said, , ended] = await run(command);
  expect([said, ended]).toEqual([out, code]);
});

it('runs no script, and says so', async () => {
  expect(await run('sh -s', 'id\n')).toEqual([
    '',
    'sh: this host is part of the demo platform and runs no scripts\n',
    126,
  ]);
});

it('opens no tunnel', async () => {
  const opened = (await connect('hv1', PASSWORD)).tunnel('127.0.0.1', 22);
  await expect(opened).rejects.toBeInstanceOf(SshFailureError);
});

it.each([
  ['hv1', 'wrong'],
  ['nobody', PASSWORD],
])('lets %s with “%s” not in', async (user, password) => {
  await expect(connect(user, password)).rejects.toBeInstanceOf(SshFailureError);
});

it('says how its agent is, and that another file than the log is not there', async () => {
  const there = await connect('hv1', PASSWORD);
  const report = await askHost(there, DEMO_LOG, systemClock);
  expect(report).toEqual({
    ...{ clock: expect.stringMatching(/^\d+ \+0000$/) as string, units: '', journal: '' },
    ...{ processes: '1 3600 archipel-agent', logState: 'read', log: 'one\ntwo\nthree' },
  });
  const elsewhere = await askHost(there, '/var/log/other.log', systemClock);
  expect(elsewhere).toMatchObject({ logState: 'missing', log: '' });
});
