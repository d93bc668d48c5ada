import { createServer, type AddressInfo, type Server } from 'node:net';
import { duplexPair } from 'node:stream';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocketProxy } from '../../../agent/consoles/websocket-proxy.ts';
import { writeSecurityTypes, writeVersion } from '../../../core/rfb/handshake.ts';
import { u32 } from '../../../core/rfb/integers.ts';
import { PIXEL_FORMAT_32 } from '../../../core/rfb/pixel-format.ts';
import { writeServerInit } from '../../../core/rfb/server-init.ts';
import { ok } from '../../../core/lib/result.ts';
import { SshStreams } from '../../../main/streams/ssh/ssh-streams.ts';
import type { StreamReport } from '../../../main/streams/stream-messages.ts';
import { StreamTable } from '../../../main/streams/stream-table.ts';
import { expectOk } from '../../support/expect-result.ts';
import { TypingServer } from '../../support/typing-server.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { at, SSH_PROGRAMS, SshUser } from '../../support/ssh-user.ts';
const there = requirePrograms('ssh', SSH_PROGRAMS);
const WAIT_MS = 20_000;

let user: SshUser;
let screen: Server;
const pools: SshStreams['pool'][] = [];

beforeAll(async () => {
  if (!there) return;
  user = await SshUser.create();
  screen = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    const init = { width: 4, height: 2, format: PIXEL_FORMAT_32, name: Buffer.from('inside') };
    socket.write(writeVersion('3.8'));
    socket.write(writeSecurityTypes([1]));
    socket.write(Uint8Array.from(u32(0)));
    socket.write(writeServerInit(init));
  });
  await new Promise<void>((resolve) => screen.listen(0, '127.0.0.1', () => resolve()));
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  if (!there) return;
  screen.close();
  await user.remove();
});

type Order = Record<string, unknown>;

/** Opens a screen that listens on the loopback of an SSH host. */
function console(pinnedKey: string, port: number) {
  const way = { kind: 'tcp', host: '127.0.0.1', port, isTls: false, isThroughSsh: true };
  return stream(pinnedKey, { kind: 'open-console', ways: [way], credentials: {} });
}

async function stream(pinnedKey: string, order: Order) {
  const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
  const reports: StreamReport[] = [];
  const report = (one: StreamReport): void => void reports.push(one);
  const ssh = new SshStreams({ report, connector });
  pools.push(ssh.pool);
  const table = new StreamTable(report, ssh);
  const { port1, port2: page } = new MessageChannel();
  let heard = '';
  page.on('message', (bytes: Uint8Array) => {
    heard += Buffer.from(bytes).toString('latin1');
  });
  const host = { ...at(user.host.port), pinnedKey };
  table.obey(
    { ...order, id: 1, host },
    {
      postMessage: (message) => port1.postMessage(message),
      close: () => port1.close(),
      listen: (onMessage, onClose) => void port1.on('message', onMessage).on('close', onClose),
    },
  );
  const told = (kind: StreamReport['kind']) => reports.filter((one) => one.kind === kind);
  const wait = (kind: StreamReport['kind']): Promise<void> =>
    waitFor(kind, WAIT_MS, () => told(kind).length > 0);
  return { told, wait, heard: () => heard, page };
}

const inside = (): number => (screen.address() as AddressInfo).port;

describe.runIf(there)('a screen on the loopback of its host', () => {
  it('is reached through SSH', async () => {
    const { told, wait, heard, page } = await console(user.host.fingerprint, inside());
    await wait('console-open');
    await waitFor('the greeting', WAIT_MS, () => heard() === 'RFB 003.008\n');
    expect(told('console-open')).toMatchObject([{ way: 0, title: 'inside' }]);
    page.close();
    await wait('console-ended');
  });

  it('is not looked for where the key of the host is another', async () => {
    const { told, wait } = await console('SHA256:other', inside());
    await wait('console-ended');
    const failure = { code: 'ssh-host-key-refused', fingerprint: user.host.fingerprint };
    expect(told('console-ended')).toMatchObject([{ failure: { code: 'tunnel', failure } }]);
  });

  it('ends when its SSH connection is killed', async () => {
    const { told, wait } = await console(user.host.fingerprint, inside());
    await wait('console-open');
    await user.host.cutConnections();
    await wait('console-ended');
    expect(told('console-ended')).toMatchObject([{ failure: { code: 'closed' } }]);
  });

  it('has a text typed into it through SSH', async () => {
    const guest = await TypingServer.start();
    try {
      const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
      const reports: StreamReport[] = [];
      const report = (one: StreamReport): void => void reports.push(one);
      const ssh = new SshStreams({ report, connector });
      pools.push(ssh.pool);
      const { host, port } = { host: '127.0.0.1', port: guest.port };
      const way = { kind: 'tcp', host, port, isTls: false, isThroughSsh: true };
      const text = { text: 'é', layout: 'fr', eventMs: 5 };
      const order = { kind: 'type', id: 2, ...text, ways: [way], credentials: {} };
      const target = { ...at(user.host.port), pinnedKey: user.host.fingerprint };
      new StreamTable(report, ssh).obey({ ...order, host: target }, undefined);
      await waitFor('the end', WAIT_MS, () => reports.some(({ kind }) => kind === 'typing-ended'));
      expect(reports.at(-1)).toMatchObject({ how: 'done', certain: 1, sent: 1 });
      // The key of é is where 2 is on an American keyboard.
      expect(guest.keys.map(({ scancode }) => scancode)).toEqual([0x03, 0x03]);
    } finally {
      guest.stop();
    }
  });

  it('says that nothing listens there', async () => {
    const { told, wait } = await console(user.host.fingerprint, 1);
    await wait('console-ended');
    const failure = { code: 'ssh-channel-refused', wanted: '127.0.0.1:1' };
    expect(told('console-ended')).toMatchObject([{ failure: { code: 'tunnel', failure } }]);
  });
});

describe.runIf(there)('a text console whose proxy listens on the loopback of its host', () => {
  it('is reached through SSH with its token', async () => {
    const [line, guest] = duplexPair();
    guest.pipe(guest);
    const proxy = expectOk(
      await WebSocketProxy.start({
        ...{ host: '127.0.0.1', port: 0, tls: undefined, isTlsOnly: false },
        admit: (token) => (token === 'once' ? async () => ok(line) : undefined),
        onEvent: () => undefined,
      }),
    );
    const at = { host: '127.0.0.1', port: proxy.port, isTls: false, token: 'once' };
    const way = { kind: 'websocket', ...at, isThroughSsh: true };
    const order = { kind: 'open-serial', ways: [way], columns: 80, rows: 24 };
    const { told, wait, heard, page } = await stream(user.host.fingerprint, order);
    await wait('serial-open');
    page.postMessage(Uint8Array.from(Buffer.from('echo')));
    await waitFor('the echo', WAIT_MS, () => heard() === 'echo');
    await user.host.cutConnections();
    await wait('serial-ended');
    expect(told('serial-ended')).toMatchObject([{ failure: { code: 'closed' } }]);
    await proxy.stop();
  });
});
