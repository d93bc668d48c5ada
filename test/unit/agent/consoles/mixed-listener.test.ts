import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, expect, it } from 'vitest';
import { MixedListener } from '../../../../agent/consoles/mixed-listener.ts';
import { expectOk } from '../../../support/expect-result.ts';
import { waitFor } from '../../../support/libvirtd.ts';

let listener: MixedListener;
let clients: Socket[] = [];
afterEach(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  await listener.stop(0);
});

/** A listener with room for two, and whom it took and refused. */
async function begin() {
  const taken: Duplex[] = [];
  const refused: string[] = [];
  listener = expectOk(
    await MixedListener.start({
      ...{ host: '127.0.0.1', port: 0, tls: undefined, isTlsOnly: false },
      ...{ mostConnections: 2, patienceMs: 60_000 },
      onConnection: (connection, client) => {
        listener.settle(client);
        taken.push(connection);
      },
      onRefused: (_client, reason) => refused.push(reason),
    }),
  );
  const come = async (): Promise<Socket> => {
    const client = connect(listener.port, '127.0.0.1');
    clients.push(client);
    client.on('error', () => client.destroy());
    await once(client, 'connect');
    return client;
  };
  return { taken, refused, come };
}

it('lets the longest silent client go for one that comes', async () => {
  const { taken, refused, come } = await begin();
  const first = await come();
  const gone = once(first, 'close');
  const second = await come();
  (await come()).write('GET');
  await gone;
  await waitFor('who speaks', 5000, () => taken.length === 1);
  second.write('GET');
  await waitFor('who was silent so far', 5000, () => taken.length === 2);
  expect(refused).toEqual(['it did not say what it wants, and others wait']);
});

it('refuses more where all have said what they want', async () => {
  const { taken, refused, come } = await begin();
  for (const expected of [1, 2]) {
    (await come()).write('GET');
    await waitFor('it to be taken', 5000, () => taken.length === expected);
  }
  await once(await come(), 'close');
  expect([taken.length, refused]).toEqual([2, ['there are too many connections']]);
});
