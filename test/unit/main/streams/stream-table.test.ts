import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { writeSecurityTypes, writeVersion } from '../../../../core/rfb/handshake.ts';
import { u32 } from '../../../../core/rfb/integers.ts';
import { PIXEL_FORMAT_32 } from '../../../../core/rfb/pixel-format.ts';
import { writeServerInit } from '../../../../core/rfb/server-init.ts';
import type { StreamReport } from '../../../../main/streams/stream-messages.ts';
import { sshStreams } from '../../../../main/streams/ssh/ssh-streams.ts';
import type { PagePort } from '../../../../main/streams/port-flow.ts';
import { StreamTable } from '../../../../main/streams/stream-table.ts';
import { waitFor } from '../../../support/libvirtd.ts';

const WAIT_MS = 10_000;

/** A screen that says all it has to say at once. */
async function screen(more: readonly Uint8Array[], width = 4, height = 2): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    const init = { width, height, format: PIXEL_FORMAT_32, name: Buffer.from('screen') };
    socket.write(writeVersion('3.8'));
    socket.write(writeSecurityTypes([1]));
    socket.write(Uint8Array.from(u32(0)));
    socket.write(writeServerInit(init));
    for (const bytes of more) socket.write(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return server;
}

function pagePort(port: MessagePort): PagePort {
  return {
    postMessage: (message) => port.postMessage(message),
    close: () => port.close(),
    listen: (onMessage, onClose) => void port.on('message', onMessage).on('close', onClose),
  };
}

describe('the streams process', () => {
  let server: Server;
  const reports: StreamReport[] = [];
  afterEach(() => {
    reports.length = 0;
    server.close();
  });

  async function begin(...more: readonly Uint8Array[]) {
    server = await screen(more);
    const { port } = server.address() as AddressInfo;
    const { port1, port2 } = new MessageChannel();
    const heard: Buffer[] = [];
    port2.on('message', (message: Uint8Array) => heard.push(Buffer.from(message)));
    const report = (one: StreamReport): void => void reports.push(one);
    const table = new StreamTable(report, sshStreams('/nowhere/known_hosts', report));
    // Nobody listens on the first: the second is taken.
    const ways = [1, port].map((one) => ({
      ...{ kind: 'tcp', host: '127.0.0.1', port: one, isTls: false },
    }));
    table.obey({ kind: 'open-console', id: 1, ways, credentials: {} }, pagePort(port1));
    return { table, page: port2, heard: () => Buffer.concat(heard).toString('latin1') };
  }

  const ended = () => reports.filter(({ kind }) => kind === 'console-ended');

  it('goes the next way where nobody answers, and offers the page a server without a password', async () => {
    const { table, heard } = await begin();
    await waitFor('the greeting', WAIT_MS, () => heard() === 'RFB 003.008\n');
    expect(reports[0]).toEqual({
      ...{ kind: 'console-open', id: 1, way: 1, security: 'None', title: 'screen' },
    });
    table.obey({ kind: 'close', id: 1 }, undefined);
    expect(ended()).toEqual([{ kind: 'console-ended', id: 1, failure: { code: 'cancelled' } }]);
  });

  it('ends a console whose server sends garbage, and no other', async () => {
    const { page, heard } = await begin(Uint8Array.of(99));
    await waitFor('the greeting', WAIT_MS, () => heard().length >= 12);
    for (const said of ['RFB 003.008\n', '\u0001', '\u0000']) {
      page.postMessage(Uint8Array.from(Buffer.from(said)));
    }
    await waitFor('the end', WAIT_MS, () => ended().length > 0);
    const failure = { code: 'malformed', detail: 'a server’s message of type 99' };
    expect(ended()).toEqual([{ kind: 'console-ended', id: 1, failure }]);
  });

  it('ends the one screen of a wall that is too large, and leaves the others open', async () => {
    const { table, heard } = await begin();
    await waitFor('the greeting', WAIT_MS, () => heard().length >= 12);
    const huge = await screen([], 30_000, 30_000);
    const { port } = huge.address() as AddressInfo;
    const ways = [{ kind: 'tcp', host: '127.0.0.1', port, isTls: false }];
    const { port1 } = new MessageChannel();
    table.obey({ kind: 'open-console', id: 2, ways, credentials: {} }, pagePort(port1));
    await waitFor('the end', WAIT_MS, () => ended().length > 0);
    huge.close();
    const failure = { code: 'too-large', width: 30_000, height: 30_000 };
    expect(ended()).toEqual([{ kind: 'console-ended', id: 2, failure }]);
  });

  it('leaves the server when the page is gone', async () => {
    const { page, heard } = await begin();
    await waitFor('the greeting', WAIT_MS, () => heard().length >= 12);
    page.close();
    await waitFor('the end', WAIT_MS, () => ended().length > 0);
    expect(ended()).toEqual([{ kind: 'console-ended', id: 1, failure: { code: 'cancelled' } }]);
  });

  it('ends the one stream in which something happens that nobody foresaw', async () => {
    const { table, heard, page } = await begin();
    await waitFor('the greeting', WAIT_MS, () => heard().length >= 12);
    const noted = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const { port1 } = new MessageChannel();
    // A tunnel that nobody can dig.
    const ways = [{ kind: 'tcp', host: 'hv1', port: 5900, isTls: false, isThroughSsh: true }];
    table.obey({ kind: 'open-console', id: 2, ways, credentials: {} }, pagePort(port1));
    const broken = () => reports.filter(({ kind }) => kind === 'stream-broke');
    await waitFor('the end', WAIT_MS, () => broken().length > 0);
    expect(broken()).toMatchObject([{ id: 2 }]);
    expect(noted).toHaveBeenCalledWith(expect.stringContaining('reach-ways.ts'));
    noted.mockRestore();
    page.postMessage(Uint8Array.from(Buffer.from('RFB 003.008\n')));
    await waitFor('its answer', WAIT_MS, () => heard().length > 12);
  });

  it('ends the one stream whose order is none, and leaves the others alone', async () => {
    const { table, heard, page } = await begin();
    await waitFor('the greeting', WAIT_MS, () => heard().length >= 12);
    const { port1, port2 } = new MessageChannel();
    const closed = new Promise((resolve) => port2.on('close', resolve));
    table.obey({ kind: 'open-console', id: 2, ways: 'any', credentials: {} }, pagePort(port1));
    await closed;
    expect(reports.at(-1)).toEqual({
      ...{ kind: 'stream-broke', id: 2, detail: expect.stringContaining('ways') as string },
    });
    page.postMessage(Uint8Array.from(Buffer.from('RFB 003.008\n')));
    await waitFor('its answer', WAIT_MS, () => heard().length > 12);
    expect(ended()).toEqual([]);
    table.obey({ kind: 'set-rate', id: 1, rate: 'sometimes' }, undefined);
    expect(reports.slice(-2)).toEqual([
      { kind: 'stream-broke', id: 1, detail: expect.stringContaining('rate') as string },
      { kind: 'console-ended', id: 1, failure: { code: 'cancelled' } },
    ]);
  });
});
