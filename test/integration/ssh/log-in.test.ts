import { afterAll, beforeAll, expect, it } from 'vitest';
import { requirePrograms } from '../../support/required-programs.ts';
import { answering, at, failureOf, said, SSH_PROGRAMS, SshUser } from '../../support/ssh-user.ts';
import { PASSPHRASE } from '../../support/ssh-user.ts';
import { requireNamespaces } from '../../support/system-namespace.ts';
const there = requirePrograms('ssh', SSH_PROGRAMS);
const hasNamespaces = there && requireNamespaces('ssh with passwords');
const PASSWORD = 'not the one before';

let user: SshUser;

beforeAll(async () => {
  if (there) user = await SshUser.create();
});
afterAll(async () => {
  if (there) await user.remove();
});

it.runIf(there)(
  'asks for the passphrase of a key that the host accepts, and again when it does not fit',
  async () => {
    const { connector } = await user.connectorWith([`  IdentityFile ${user.locked}`]);
    const { questions, asked } = answering(['wrong', PASSPHRASE]);
    await user.connected(connector.connect(at(user.host.port), questions));
    expect(asked.secrets).toEqual([
      { kind: 'passphrase', file: user.locked, isAgain: false },
      { kind: 'passphrase', file: user.locked, isAgain: true },
    ]);
  },
);

it.runIf(there)('asks for no passphrase of a key that the host does not know', async () => {
  const stranger = await user.bench.key('stranger', { passphrase: PASSPHRASE });
  const { connector } = await user.connectorWith([`  IdentityFile ${stranger}`]);
  const { questions, asked } = answering();
  const failure = await failureOf(connector.connect(at(user.host.port), questions));
  const tried = [`key ${stranger}`];
  const address = `127.0.0.1:${user.host.port}`;
  expect({ failure, asked: asked.secrets }).toEqual({
    failure: { code: 'ssh-denied', address, user: user.host.user, tried, offered: ['publickey'] },
    asked: [],
  });
});

it.runIf(there)('logs in by the agent, without a question about the key', async () => {
  const SSH_AUTH_SOCK = await user.bench.agent([user.plain]);
  const { connector } = await user.connectorWith(['  IdentityFile none'], { SSH_AUTH_SOCK });
  const { questions, asked } = answering();
  await user.connected(connector.connect(at(user.host.port), questions));
  expect(asked.secrets).toEqual([]);
});

it.runIf(hasNamespaces)('logs in by password, after a wrong one', async () => {
  const host = await user.bench.server(['PasswordAuthentication yes', 'UsePAM no'], {
    password: PASSWORD,
  });
  const { connector } = await user.connectorWith([]);
  const { questions, asked } = answering(['wrong', PASSWORD]);
  const connection = await user.connected(connector.connect(at(host.port), questions));
  const about = { kind: 'password', user: host.user, address: `127.0.0.1:${host.port}` };
  expect({ said: await said(connection, 'echo in'), asked: asked.secrets }).toEqual({
    said: 'in\n',
    asked: [
      { ...about, isAgain: false },
      { ...about, isAgain: true },
    ],
  });
});

it.runIf(hasNamespaces)('wants both where the host wants a key and a password', async () => {
  const host = await user.bench.server(
    [
      'AuthenticationMethods publickey,password',
      'UsePAM no',
      `AuthorizedKeysFile ${user.authorized}`,
    ],
    { password: PASSWORD },
  );
  const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
  const { questions, asked } = answering([PASSWORD]);
  await user.connected(connector.connect(at(host.port), questions));
  expect(asked.secrets.map(({ kind }) => kind)).toEqual(['password']);
});

it.runIf(there)('stops when a question is not answered', async () => {
  const { connector } = await user.connectorWith([`  IdentityFile ${user.locked}`]);
  const failure = await failureOf(connector.connect(at(user.host.port), answering().questions));
  expect(failure).toEqual({ code: 'cancelled' });
});

it.runIf(hasNamespaces)('passes the questions of the host on, and answers them', async () => {
  const host = await user.bench.server(
    ['PasswordAuthentication no', 'KbdInteractiveAuthentication yes', 'UsePAM yes'],
    { password: PASSWORD },
  );
  const { connector } = await user.connectorWith([]);
  const { questions, asked } = answering([PASSWORD]);
  await user.connected(connector.connect(at(host.port), questions));
  expect(asked.secrets).toEqual([
    {
      kind: 'prompt',
      user: host.user,
      address: `127.0.0.1:${host.port}`,
      instructions: '',
      prompt: expect.stringContaining('Password') as string,
      isEchoed: false,
    },
  ]);
});
