import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PagePort } from '../../../main/streams/port-flow.ts';
import { SshStreams } from '../../../main/streams/ssh/ssh-streams.ts';
import { StreamTable } from '../../../main/streams/stream-table.ts';
import type { StreamReport } from '../../../main/streams/stream-messages.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { at, SSH_PROGRAMS, SshUser } from '../../support/ssh-user.ts';
const there = requirePrograms('ssh', SSH_PROGRAMS);
const WAIT_MS = 20_000;

let user: SshUser;
const pools: SshStreams['pool'][] = [];

beforeAll(async () => {
  if (there) user = await SshUser.create();
});
afterAll(async () => {
  await Promise.all(pools.map((pool) => pool.close()));
  if (there) await user.remove();
});

function pagePort(port: MessagePort): PagePort {
  return {
    postMessage: (message) => port.postMessage(message),
    close: () => port.close(),
    listen: (onMessage, onClose) => void port.on('message', onMessage).on('close', onClose),
  };
}

/** A page with a shell on the host, whose key is pinned. */
async function shell(changes: { readonly pinnedKey?: string } = {}) {
  const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
  const reports: StreamReport[] = [];
  const report = (one: StreamReport): void => void reports.push(one);
  const ssh = new SshStreams({ report, connector });
  pools.push(ssh.pool);
  const table = new StreamTable(report, ssh);
  const { port1, port2: page } = new MessageChannel();
  let heard = '';
  page.on('message', (bytes: Uint8Array) => {
    heard += Buffer.from(bytes).toString();
    page.postMessage({ taken: bytes.length });
  });
  const target = { ...at(user.host.port), pinnedKey: user.host.fingerprint, ...changes };
  const size = { columns: 91, rows: 17 };
  table.obey({ kind: 'open-shell', id: 1, target, ...size }, pagePort(port1));
  const told = (kind: StreamReport['kind']) => reports.filter((one) => one.kind === kind);
  const wait = (kind: StreamReport['kind']): Promise<void> =>
    waitFor(kind, WAIT_MS, () => told(kind).length > 0);
  const type = (text: string): void => page.postMessage(Uint8Array.from(Buffer.from(text)));
  const shows = (text: string): Promise<void> => waitFor(text, WAIT_MS, () => heard.includes(text));
  return { table, told, wait, type, shows, heard: () => heard, page };
}

describe.runIf(there)('a shell on a real host', () => {
  it('runs what is typed, on a terminal of the size of the panel, and tells its exit code', async () => {
    const { table, told, wait, type, shows } = await shell();
    await wait('terminal-open');
    const address = `127.0.0.1:${user.host.port}`;
    expect(told('terminal-open')).toEqual([
      { kind: 'terminal-open', id: 1, address, user: user.host.user },
    ]);
    type('stty size; echo "é-$((6*7))"\r');
    await shows('17 91');
    await shows('é-42');
    table.obey({ kind: 'resize', id: 1, columns: 60, rows: 20 }, undefined);
    type('stty size\r');
    await shows('20 60');
    type('exit 3\r');
    await wait('terminal-ended');
    expect(told('terminal-ended')).toEqual([{ kind: 'terminal-ended', id: 1, exitCode: 3 }]);
  });

  it('says that its connection was killed', async () => {
    const { told, wait, type, shows } = await shell();
    await wait('terminal-open');
    type('echo "he"re\r');
    await shows('here');
    await user.host.cutConnections();
    await wait('terminal-ended');
    const address = `127.0.0.1:${user.host.port}`;
    expect(told('terminal-ended')).toMatchObject([{ failure: { code: 'ssh-closed', address } }]);
  });

  it('is not opened where the key of the host is another', async () => {
    const { told, wait } = await shell({ pinnedKey: 'SHA256:other' });
    await wait('terminal-ended');
    expect([told('terminal-open'), told('terminal-ended')]).toMatchObject([
      [],
      [{ failure: { code: 'ssh-host-key-refused', fingerprint: user.host.fingerprint } }],
    ]);
  });

  it('ends when its page is gone', async () => {
    const { told, wait, page } = await shell();
    await wait('terminal-open');
    page.close();
    await wait('terminal-ended');
    expect(told('terminal-ended')).toEqual([{ kind: 'terminal-ended', id: 1 }]);
  });

  it('waits with what the page does not take', async () => {
    const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
    const reports: StreamReport[] = [];
    const ssh = new SshStreams({ report: (one) => void reports.push(one), connector });
    pools.push(ssh.pool);
    const table = new StreamTable((one) => void reports.push(one), ssh);
    const { port1, port2: page } = new MessageChannel();
    let bytes = 0;
    let taking = false;
    page.on('message', (some: Uint8Array) => {
      bytes += some.length;
      if (taking) page.postMessage({ taken: some.length });
    });
    const target = { ...at(user.host.port), pinnedKey: user.host.fingerprint };
    table.obey({ kind: 'open-shell', id: 1, target, columns: 80, rows: 24 }, pagePort(port1));
    await waitFor('the shell', WAIT_MS, () => reports.length > 0);
    page.postMessage(
      Uint8Array.from(Buffer.from('head -c 16000000 /dev/zero | tr "\\0" x; exit\r')),
    );
    await waitFor('the first part', WAIT_MS, () => bytes > 4_194_304);
    let before = -1;
    await waitFor('it to stand still', WAIT_MS, () => {
      const isStill = before === bytes;
      before = bytes;
      return isStill;
    });
    expect(bytes).toBeLessThan(9_000_000);
    taking = true;
    page.postMessage({ taken: bytes });
    await waitFor('all of it', WAIT_MS, () => bytes > 16_000_000);
  });
});
