import { once } from 'node:events';
import { createServer, Socket, type AddressInfo } from 'node:net';
import { expect, it, vi } from 'vitest';
import { dial } from '../../../../node/xmpp/dial.ts';
import { ManualTime } from '../../../support/manual-time.ts';

it('sends each stanza at once, and has none held back until the last was acknowledged', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const noDelay = vi.spyOn(Socket.prototype, 'setNoDelay');
  const { signal } = new AbortController();
  const { socket } = await dial([{ host: '127.0.0.1', port }], 1000, new ManualTime(), signal);
  const told = noDelay.mock.calls.filter((_call, at) => noDelay.mock.contexts[at] === socket);
  expect(told).toEqual([[true]]);
  socket.destroy();
  server.close();
});
