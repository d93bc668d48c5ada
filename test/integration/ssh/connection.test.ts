import { afterAll, beforeAll, expect, it } from 'vitest';
import { requirePrograms } from '../../support/required-programs.ts';
import { answering, at, failureOf, said, SSH_PROGRAMS, SshUser } from '../../support/ssh-user.ts';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { openTunnel } from '../../../node/ssh/ssh-connection.ts';
import { SshFailureError } from '../../../node/ssh/ssh-failure-error.ts';
import { TcpProxy } from '../../support/tcp-proxy.ts';
import { freePort } from '../../support/xmpp-daemon.ts';
const there = requirePrograms('ssh', SSH_PROGRAMS);

let user: SshUser;

beforeAll(async () => {
  if (there) user = await SshUser.create();
});
afterAll(async () => {
  if (there) await user.remove();
});

it.runIf(there)('goes through jump hosts, each verified on its own', async () => {
  const target = await user.bench.server([`AuthorizedKeysFile ${user.authorized}`]);
  const configuration = [
    `  IdentityFile ${user.plain}`,
    'Host middle',
    `  HostName 127.0.0.1`,
    `  Port ${user.host.port}`,
    'Host far',
    '  HostName 127.0.0.1',
    `  Port ${target.port}`,
    '  ProxyJump middle',
    'Host *',
  ];
  const { connector } = await user.connectorWith(configuration);
  const { questions, asked } = answering();
  const connection = await user.connected(connector.connect({ host: 'far' }, questions));
  const ports = (await said(connection, 'echo $SSH_CONNECTION')).trim().split(' ');
  expect({ asked: asked.keys.map(({ host }) => host), port: ports[3] }).toEqual({
    asked: [`[127.0.0.1]:${user.host.port}`, `[127.0.0.1]:${target.port}`],
    port: String(target.port),
  });
});

it.runIf(there)(
  'opens a tunnel to a port of the host, and names what cannot be reached',
  async () => {
    const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
    const connection = await user.connected(
      connector.connect(at(user.host.port), answering().questions),
    );
    const tunnel = await openTunnel(connection, '127.0.0.1', user.host.port);
    const [greeting] = (await once(tunnel, 'data')) as [Buffer];
    tunnel.destroy();
    const closed = await freePort();
    const failure = await openTunnel(connection, '127.0.0.1', closed).catch((cause: unknown) =>
      cause instanceof SshFailureError ? cause.failure : cause,
    );
    expect({ greeting: greeting.toString().slice(0, 8), failure }).toEqual({
      greeting: 'SSH-2.0-',
      failure: {
        code: 'ssh-channel-refused',
        address: `127.0.0.1:${user.host.port}`,
        wanted: `127.0.0.1:${closed}`,
        detail: expect.stringContaining('refused') as string,
      },
    });
  },
);

it.runIf(there)('notices that its connection was killed', async () => {
  const host = await user.bench.server([`AuthorizedKeysFile ${user.authorized}`]);
  const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
  const connection = await user.connected(connector.connect(at(host.port), answering().questions));
  await host.cutConnections();
  expect(await connection.closed).not.toBe('');
});

it.runIf(there)('notices a network that is lost without notice', async () => {
  const proxy = await TcpProxy.start(() => user.host.port);
  const { connector } = await user.connectorWith([
    `  IdentityFile ${user.plain}`,
    '  ServerAliveInterval 1',
    '  ServerAliveCountMax 1',
  ]);
  const connection = await user.connected(connector.connect(at(proxy.port), answering().questions));
  proxy.freeze();
  expect(await connection.closed).toBe('Keepalive timeout');
  await proxy.stop();
});

it.runIf(there)(
  'tells a closed port, an unknown host and a host that speaks no SSH apart',
  async () => {
    const port = await freePort();
    const web = createServer((socket) => socket.resume().end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const webPort = (web.address() as { readonly port: number }).port;
    const { connector } = await user.connectorWith([]);
    const { questions } = answering();
    const failures = [
      await failureOf(connector.connect(at(port), questions)),
      await failureOf(connector.connect({ host: 'nowhere.invalid' }, questions)),
      await failureOf(connector.connect(at(webPort), questions)),
    ];
    await new Promise((resolve) => web.close(resolve));
    const address = `127.0.0.1:${webPort}`;
    expect(failures).toEqual([
      { code: 'ssh-unreachable', address: `127.0.0.1:${port}`, detail: 'ECONNREFUSED' },
      { code: 'ssh-unknown-host', host: 'nowhere.invalid' },
      { code: 'ssh-handshake-failed', address, detail: expect.any(String) as string },
    ]);
  },
);
