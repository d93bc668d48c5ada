import { describe, expect, it } from 'vitest';
import { ConsoleAccess } from '../../../../client/consoles/console-access.ts';
import { ScreenPasswords } from '../../../../client/consoles/screen-passwords.ts';
import { TrustedHosts, trustedPlace } from '../../../../client/consoles/trusted-hosts.ts';
import { ok } from '../../../../core/lib/result.ts';
import { vmConsole } from '../../../../core/protocol/vm-console.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';
import { MemoryKeychain, MemoryStorage } from '../../../support/client-ports.ts';
import { expectOk } from '../../../support/expect-result.ts';

const HOST = '10.0.0.5';
const machine = fakeEntity('web-01@archipel.test', {
  agent: { features: [vmConsole.open.namespace] } as never,
});
const transports = [
  { kind: 'websocket', host: HOST, port: 6900, path: '/', tls: 'required', reach: 'network' },
  { kind: 'tcp', host: HOST, port: 5900, tls: 'none', reach: 'network' },
];

/** The certificates that are expected on each way, of its proxy and of the screen behind it. */
async function expected(trusted?: string) {
  const storage = new MemoryStorage();
  const hosts = new TrustedHosts(storage);
  if (trusted !== undefined) expectOk(await hosts.trust(HOST, trusted));
  const opened = { type: 'vnc', token: 'once', fingerprint: 'AB:CD', transports };
  const access = new ConsoleAccess({
    client: { call: async () => ok(opened as never), entity: () => machine },
    passwords: new ScreenPasswords(storage, new MemoryKeychain()),
    hosts,
    placeOf: () => 'elsewhere',
  });
  const { ways } = expectOk(await access.plan(machine));
  return ways.map(({ kind, fingerprint, screenFingerprint }) => [
    kind,
    fingerprint,
    screenFingerprint,
  ]);
}

describe('the certificate of a screen', () => {
  it('is not that of the proxy, for which the agent vouches', async () => {
    expect(await expected()).toEqual([
      ['websocket', 'AB:CD', undefined],
      ['tcp', undefined, undefined],
    ]);
  });

  it('is the one that the user trusts, also behind the proxy, which keeps its own', async () => {
    expect(await expected('EE:FF')).toEqual([
      ['websocket', 'AB:CD', 'EE:FF'],
      ['tcp', undefined, 'EE:FF'],
    ]);
  });

  it('is another than that of a proxy for which only the user vouches, and both stay trusted', async () => {
    const hosts = new TrustedHosts(new MemoryStorage());
    const trust = async (isProxy: boolean, fingerprint: string) => {
      const place = trustedPlace({ host: HOST, isProxy }, undefined) ?? '';
      expectOk(await hosts.trust(place, fingerprint));
    };
    await trust(true, 'AA:AA');
    await trust(false, 'BB:BB');
    const display = { type: 'vnc', host: HOST, port: 5900, proxyPort: 6900, supportsTls: true };
    const access = new ConsoleAccess({
      client: { call: async () => ok(display as never), entity: () => undefined },
      passwords: new ScreenPasswords(new MemoryStorage(), new MemoryKeychain()),
      hosts,
      placeOf: () => 'elsewhere',
    });
    const { ways } = expectOk(await access.plan(fakeEntity('old@archipel.test')));
    expect(ways).toEqual([
      {
        ...{ kind: 'websocket', host: HOST, port: 6900, isTls: true },
        ...{ fingerprint: 'AA:AA', screenFingerprint: 'BB:BB' },
      },
      { kind: 'tcp', host: HOST, port: 5900, isTls: false, screenFingerprint: 'BB:BB' },
    ]);
  });
});
