import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../../../agent/hypervisor/simulated/manual-clock.ts';
import { dial } from '../../../../node/xmpp/dial.ts';
import { findEndpoints } from '../../../../node/xmpp/endpoints.ts';
import type { SrvRecord } from '../../../../node/xmpp/session-options.ts';

const record = (name: string, port: number, priority: number, weight = 0): SrvRecord => {
  return { name, port, priority, weight };
};

function resolver(records: Readonly<Record<string, readonly SrvRecord[]>>) {
  return {
    resolveSrv: async (name: string): Promise<readonly SrvRecord[]> => {
      const found = records[name];
      return found ? Promise.resolve(found) : Promise.reject(new Error('ENOTFOUND'));
    },
  };
}

const clock = new ManualClock(0);

describe('the servers of a domain', () => {
  it('are those of its records of both kinds, by priority', async () => {
    const records = {
      '_xmpps-client._tcp.a.test': [record('tls.a.test', 443, 10)],
      '_xmpp-client._tcp.a.test': [record('late.a.test', 5222, 30), record('b.a.test', 5222, 5)],
    };
    expect(await findEndpoints('a.test', resolver(records), () => 0, clock)).toEqual([
      { host: 'b.a.test', port: 5222, directTls: false },
      { host: 'tls.a.test', port: 443, directTls: true },
      { host: 'late.a.test', port: 5222, directTls: false },
    ]);
  });

  it('are drawn by weight within a priority', async () => {
    const all = [record('light', 1, 0, 10), record('heavy', 2, 0, 90)];
    const first = async (random: number): Promise<string | undefined> => {
      const found = resolver({ '_xmpp-client._tcp.a.test': all });
      return (await findEndpoints('a.test', found, () => random, clock))[0]?.host;
    };
    expect([await first(0.05), await first(0.5), await first(0.99)]).toEqual([
      'light',
      'heavy',
      'heavy',
    ]);
  });

  it('are the domain itself where it has no records', async () => {
    expect(await findEndpoints('a.test', resolver({}), () => 0, clock)).toEqual([
      { host: 'a.test', port: 5222 },
    ]);
  });

  it('are none where the domain says so', async () => {
    const none = resolver({ '_xmpp-client._tcp.a.test': [record('', 0, 0)] });
    await expect(findEndpoints('a.test', none, () => 0, clock)).rejects.toMatchObject({
      failure: { code: 'no-service', domain: 'a.test' },
    });
  });

  it('are the domain itself where the name servers say nothing', async () => {
    const silent = { resolveSrv: async () => new Promise<never>(() => undefined) };
    const found = findEndpoints('a.test', silent, () => 0, clock);
    clock.step(5000);
    expect(await found).toEqual([{ host: 'a.test', port: 5222 }]);
  });
});

describe('dialling', () => {
  it('gives up an address that does not answer in time', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    const endpoint = { host: '127.0.0.1', port };
    const { signal } = new AbortController();
    const dialled = dial([endpoint], 10_000, clock, signal);
    // No time passes for the connection, and too much for the clock.
    clock.step(10_000);
    await expect(dialled).rejects.toMatchObject({
      failure: { code: 'connect-timeout', ...endpoint },
    });
    await new Promise((resolve) => server.close(resolve));
  });

  it('ends when it is called off', async () => {
    const controller = new AbortController();
    const endpoint = { host: '127.0.0.1', port: 9 };
    const dialled = dial([endpoint, endpoint], 10_000, clock, controller.signal);
    controller.abort();
    await expect(dialled).rejects.toMatchObject({ failure: { code: 'link-closed' } });
  });
});
