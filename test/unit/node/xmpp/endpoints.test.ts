import { describe, expect, it } from 'vitest';
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

describe('the servers of a domain', () => {
  it('are those of its records of both kinds, by priority', async () => {
    const records = {
      '_xmpps-client._tcp.a.test': [record('tls.a.test', 443, 10)],
      '_xmpp-client._tcp.a.test': [record('late.a.test', 5222, 30), record('b.a.test', 5222, 5)],
    };
    expect(await findEndpoints('a.test', resolver(records), () => 0)).toEqual([
      { host: 'b.a.test', port: 5222, directTls: false },
      { host: 'tls.a.test', port: 443, directTls: true },
      { host: 'late.a.test', port: 5222, directTls: false },
    ]);
  });

  it('are drawn by weight within a priority', async () => {
    const all = [record('light', 1, 0, 10), record('heavy', 2, 0, 90)];
    const first = async (random: number): Promise<string | undefined> => {
      const found = resolver({ '_xmpp-client._tcp.a.test': all });
      return (await findEndpoints('a.test', found, () => random))[0]?.host;
    };
    expect([await first(0.05), await first(0.5), await first(0.99)]).toEqual([
      'light',
      'heavy',
      'heavy',
    ]);
  });

  it('are the domain itself where it has no records', async () => {
    expect(await findEndpoints('a.test', resolver({}), () => 0)).toEqual([
      { host: 'a.test', port: 5222 },
    ]);
  });

  it('are none where the domain says so', async () => {
    const none = resolver({ '_xmpp-client._tcp.a.test': [record('', 0, 0)] });
    await expect(findEndpoints('a.test', none, () => 0)).rejects.toMatchObject({
      failure: { code: 'no-service', domain: 'a.test' },
    });
  });
});
