import { afterAll, beforeAll, expect, it } from 'vitest';
import { requirePrograms } from '../../support/required-programs.ts';
import { answering, at, failureOf, said, SSH_PROGRAMS, SshUser } from '../../support/ssh-user.ts';
import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
const there = requirePrograms('ssh', SSH_PROGRAMS);

let user: SshUser;

beforeAll(async () => {
  if (there) user = await SshUser.create();
});
afterAll(async () => {
  if (there) await user.remove();
});

it.runIf(there)(
  'asks about a host once, with the fingerprint of ssh-keygen, and knows it after',
  async () => {
    const { connector, ownKnownHosts } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
    const first = answering();
    const second = answering();
    const connection = await user.connected(connector.connect(at(user.host.port), first.questions));
    await user.connected(connector.connect(at(user.host.port), second.questions));
    const host = `[127.0.0.1]:${user.host.port}`;
    expect({
      asked: first.asked.keys,
      again: second.asked.keys,
      written: await readFile(ownKnownHosts, 'utf8'),
      mode: (await stat(ownKnownHosts)).mode & 0o777,
      said: await said(connection, 'echo here'),
    }).toEqual({
      asked: [
        {
          host,
          keyType: 'ssh-ed25519',
          fingerprint: user.host.fingerprint,
          isKnownByAuthority: false,
        },
      ],
      again: [],
      written: `${host} ${user.host.hostKey}\n`,
      mode: 0o600,
      said: 'here\n',
    });
  },
);

it.runIf(there)('goes no further when the key is not trusted', async () => {
  const { connector, ownKnownHosts } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
  const { questions } = answering([], false);
  const failure = await failureOf(connector.connect(at(user.host.port), questions));
  expect({ failure, written: await readFile(ownKnownHosts, 'utf8').catch(() => '') }).toEqual({
    failure: {
      code: 'ssh-host-key-refused',
      address: `127.0.0.1:${user.host.port}`,
      fingerprint: user.host.fingerprint,
    },
    written: '',
  });
});

it.runIf(there)(
  'stops at a host key that has changed, and says where the known one is',
  async () => {
    const other = (await readFile(`${user.plain}.pub`, 'utf8')).split(' ').slice(0, 2).join(' ');
    const file = await user.knownHosts(['# hosts', `[127.0.0.1]:${user.host.port} ${other}`]);
    const { connector } = await user.connectorWith([`  UserKnownHostsFile ${file}`]);
    const { questions, asked } = answering();
    const failure = await failureOf(connector.connect(at(user.host.port), questions));
    const knownFingerprint = expect.stringMatching(/^SHA256:/) as string;
    const address = `127.0.0.1:${user.host.port}`;
    const { fingerprint } = user.host;
    expect({ failure, asked: asked.keys }).toEqual({
      failure: {
        code: 'ssh-host-key-changed',
        address,
        fingerprint,
        knownFingerprint,
        file,
        line: 2,
      },
      asked: [],
    });
  },
);

it.runIf(there)('refuses a revoked host key even where it is known', async () => {
  const host = `[127.0.0.1]:${user.host.port}`;
  const file = await user.knownHosts([
    `${host} ${user.host.hostKey}`,
    `@revoked * ${user.host.hostKey}`,
  ]);
  const { connector } = await user.connectorWith([`  GlobalKnownHostsFile ${file}`]);
  const failure = await failureOf(connector.connect(at(user.host.port), answering().questions));
  const address = `127.0.0.1:${user.host.port}`;
  const { fingerprint } = user.host;
  expect(failure).toEqual({ code: 'ssh-host-key-revoked', address, fingerprint, file, line: 2 });
});

it.runIf(there)(
  'says of a host known by its authority alone that it shows a plain key',
  async () => {
    const authority = (await readFile(`${user.plain}.pub`, 'utf8')).trim();
    const file = await user.knownHosts([`@cert-authority [127.0.0.1]:* ${authority}`]);
    const { connector } = await user.connectorWith([
      `  UserKnownHostsFile ${file}`,
      `  IdentityFile ${user.plain}`,
    ]);
    const { questions, asked } = answering();
    await user.connected(connector.connect(at(user.host.port), questions));
    expect(asked.keys.map((one) => [one.fingerprint, one.isKnownByAuthority])).toEqual([
      [user.host.fingerprint, true],
    ]);
  },
);

it.runIf(there)(
  'asks a host that has several keys for the one that is known, hashed as ssh does it',
  async () => {
    const rsa = await user.bench.key('second-host-key', { type: 'rsa' });
    const both = await user.bench.server([
      `HostKey ${rsa}`,
      `AuthorizedKeysFile ${user.authorized}`,
    ]);
    const key = (await readFile(`${rsa}.pub`, 'utf8')).split(' ').slice(0, 2).join(' ');
    const file = await user.knownHosts([`[127.0.0.1]:${both.port} ${key}`]);
    await promisify(execFile)('ssh-keygen', ['-q', '-H', '-f', file]);
    const { connector } = await user.connectorWith([
      `  UserKnownHostsFile ${file}`,
      `  IdentityFile ${user.plain}`,
    ]);
    const { questions, asked } = answering();
    await user.connected(connector.connect(at(both.port), questions));
    expect({ asked: asked.keys, file: (await readFile(file, 'utf8')).slice(0, 3) }).toEqual({
      asked: [],
      file: '|1|',
    });
  },
);
