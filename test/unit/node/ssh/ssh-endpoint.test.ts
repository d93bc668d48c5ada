import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { SshConfigFile } from '../../../../node/ssh/ssh-config-file.ts';
import {
  parseDestination,
  resolveEndpoint,
  type SshDestination,
  type SshEndpoint,
} from '../../../../node/ssh/ssh-endpoint.ts';
import { SshFailureError } from '../../../../node/ssh/ssh-failure-error.ts';
import { fitsWildcard } from '../../../../node/ssh/wildcard.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'archipel-home-'));
  await mkdir(join(home, '.ssh/config.d'), { recursive: true });
});
afterEach(() => rm(home, { recursive: true }));

async function endpoint(
  lines: readonly string[],
  destination: SshDestination,
  environment: Readonly<Record<string, string>> = {},
): Promise<SshEndpoint> {
  const file = join(home, '.ssh/config');
  await writeFile(file, lines.join('\n'));
  const config = await SshConfigFile.read([file, join(home, 'absent')], home);
  const values = config.valuesFor(destination.host, destination.user);
  return resolveEndpoint(destination, values, {
    home,
    localUser: 'ada',
    platform: 'linux',
    environment,
  });
}

it.each([
  ['hv1', { host: 'hv1' }],
  ['root@hv1.example.org:2222', { user: 'root', host: 'hv1.example.org', port: 2222 }],
  ['ssh://root@[fe80::1]:22/', { user: 'root', host: 'fe80::1', port: 22 }],
  ['fe80::1', { host: 'fe80::1' }],
  ['', undefined],
  ['-oProxyCommand=true', undefined],
  ['-l@hv1', undefined],
  ['hv1:0', undefined],
  ['hv1:70000', undefined],
  ['two words', undefined],
])('reads the destination “%s”', (text, destination) => {
  expect(parseDestination(text)).toEqual(destination);
});

it('goes by the key file and the jump host that are given, whatever is configured', async () => {
  const lines = ['Host *', '  ProxyCommand true', '  IdentityFile ~/.ssh/other'];
  const given = { host: 'hv1', identityFile: '~/keys/mine', jump: 'ada@gate:2222, far' };
  const { identityFiles, jumps } = await endpoint(lines, given);
  const direct = await endpoint(['Host *', '  ProxyJump gate'], { host: 'hv1', jump: 'none' });
  expect([identityFiles, jumps, direct.jumps]).toEqual([
    [join(home, 'keys/mine')],
    ['ada@gate:2222', 'far'],
    [],
  ]);
});

it('has the defaults of OpenSSH where nothing is configured', async () => {
  const ssh = (file: string): string => join(home, '.ssh', file);
  expect(await endpoint([], { host: 'hv1' }, { SSH_AUTH_SOCK: '/run/agent' })).toEqual({
    name: 'hv1',
    host: 'hv1',
    port: 22,
    user: 'ada',
    hostKeyName: 'hv1',
    identityFiles: ['id_ed25519', 'id_ecdsa', 'id_rsa'].map(ssh),
    hasOnlyNamedIdentities: false,
    agent: '/run/agent',
    knownHostsFiles: [
      ...['known_hosts', 'known_hosts2'].map(ssh),
      '/etc/ssh/ssh_known_hosts',
      '/etc/ssh/ssh_known_hosts2',
    ],
    jumps: [],
    pinnedKey: undefined,
    connectTimeoutMs: 10_000,
    keepAliveMs: 15_000,
    keepAliveCount: 3,
  });
});

it('follows the configuration, its first value first, whatever the case of its words', async () => {
  const lines = [
    'host hv*',
    '  hostname %h.example.org',
    '  port 2222',
    '  user root',
    '  identityfile ~/keys/%r@%h',
    '  identityfile "/keys/with space"',
    '  identitiesonly yes',
    '  userknownhostsfile ~/.ssh/one ~/.ssh/two',
    '  proxyjump gate,ada@gate2:2200',
    'Host *',
    '  Port 22',
    '  HostKeyAlias alias',
    '  IdentityAgent none',
  ];
  expect(await endpoint(lines, { host: 'hv1' }, { SSH_AUTH_SOCK: '/run/agent' })).toMatchObject({
    host: 'hv1.example.org',
    port: 2222,
    user: 'root',
    hostKeyName: 'alias',
    identityFiles: [join(home, 'keys/root@hv1.example.org'), '/keys/with space'],
    hasOnlyNamedIdentities: true,
    agent: undefined,
    jumps: ['gate', 'ada@gate2:2200'],
  });
});

it('puts what was typed before what is configured', async () => {
  const lines = ['Host hv1', '  Port 2222', '  User root'];
  const typed = { host: 'hv1', port: 22, user: 'ada' };
  expect(await endpoint(lines, typed)).toMatchObject({ port: 22, user: 'ada' });
});

it('reads what the configuration includes, in order', async () => {
  await writeFile(join(home, '.ssh/config.d/1-hosts'), 'Host hv1\n  HostName 10.0.0.1\n');
  await writeFile(
    join(home, '.ssh/config.d/2-hosts'),
    'Host hv1\n  HostName 10.0.0.2\n  Port 99\n',
  );
  const lines = ['Include config.d/*', 'Host hv1', '  User root'];
  expect(await endpoint(lines, { host: 'hv1' })).toMatchObject({
    host: '10.0.0.1',
    port: 99,
    user: 'root',
  });
});

it('runs no program that a configuration names', async () => {
  const mark = join(home, 'ran');
  const lines = [`Match exec "touch ${mark}"`, '  Port 99', 'Host *', '  User root'];
  expect(await endpoint(lines, { host: 'hv1' })).toMatchObject({ port: 22, user: 'root' });
});

it.each([
  ['a ProxyCommand', ['Host *', '  ProxyCommand nc %h %p'], /ProxyCommand is not supported/],
  ['a port that is no number', ['Host *', '  Port many'], /port is no number: many/],
  ['a file that includes itself', ['Include config'], /in a circle/],
])('says what it cannot follow: %s', async (_what, lines, detail) => {
  const failure = await endpoint(lines, { host: 'hv1' }).catch((cause: unknown) =>
    cause instanceof SshFailureError ? cause.failure : cause,
  );
  const file = join(home, '.ssh/config');
  const said = expect.stringMatching(detail) as string;
  expect(failure).toEqual({ code: 'ssh-config-unusable', file, detail: said });
});

it('fits sections in a time that no pattern of theirs can stretch', async () => {
  const stars = '*'.repeat(80);
  const lines = [`Host ${stars}x`, 'Port 1', `Match host ${stars}1`, 'Port 2'];
  expect((await endpoint(lines, { host: `${'h'.repeat(80)}1` })).port).toBe(2);
  const many = endpoint(['Host *a*a*a*a*a*a*a*a*b', 'Port 1'], { host: 'a'.repeat(80) });
  await expect(many).rejects.toMatchObject({
    failure: {
      code: 'ssh-config-unusable',
      detail: '*a*a*a*a*a*a*a*a*b: a pattern may have 8 wildcards at most',
    },
  });
});

it('fits patterns in a time that no pattern can stretch', () => {
  const hostile = `${'*a'.repeat(200)}b`;
  expect([
    fitsWildcard('hv?.*.org', 'hv1.example.org'),
    fitsWildcard('*', ''),
    fitsWildcard('a*', 'ba'),
    fitsWildcard(hostile, 'a'.repeat(2000)),
  ]).toEqual([true, true, false, false]);
});
