import { describe, expect, it } from 'vitest';
import { ConsoleAccess } from '../../../../client/consoles/console-access.ts';
import { ConsoleWays } from '../../../../client/consoles/console-ways.ts';
import { ScreenPasswords } from '../../../../client/consoles/screen-passwords.ts';
import { TrustedHosts } from '../../../../client/consoles/trusted-hosts.ts';
import type { ConsoleWay } from '../../../../core/domain/console-way.ts';
import { ok } from '../../../../core/lib/result.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';
import { MemoryKeychain, MemoryStorage } from '../../../support/client-ports.ts';

const machine = fakeEntity('web-01@archipel.test');
/** What an original agent answers, whose machine has a proxy and a screen. */
const display = { type: 'vnc', host: '10.0.0.5', port: 5900, proxyPort: 6900, supportsTls: true };

async function planned(way: ConsoleWay, ssh: 'last' | 'none' = 'last') {
  const storage = new MemoryStorage();
  await new ConsoleWays(storage).choose(machine.id, way);
  const access = new ConsoleAccess({
    // It is asked for nothing but how the screen is reached.
    client: { call: async () => ok(display as never), entity: () => undefined },
    passwords: new ScreenPasswords(storage, new MemoryKeychain()),
    hosts: new TrustedHosts(storage),
    placeOf: () => 'elsewhere',
    sshFor: async () => ssh,
    // Another run, which reads what was chosen.
    ways: new ConsoleWays(storage),
  });
  return access.plan(machine);
}

const proxy = { kind: 'websocket', host: '10.0.0.5', port: 6900, isTls: true };
const direct = { kind: 'tcp', host: '10.0.0.5', port: 5900, isTls: false };
const tunnel = { kind: 'tcp', host: '127.0.0.1', port: 5900, isTls: false, isThroughSsh: true };

describe('the way to a screen that the user chose', () => {
  it.each([
    ['auto', [proxy, direct, tunnel]],
    ['direct', [direct]],
    ['proxy', [proxy]],
    ['ssh', [tunnel]],
  ] as const)('is remembered, and alone is gone: %s', async (way, ways) => {
    expect(await planned(way)).toEqual(ok({ ways, credentials: {} }));
  });

  it('is said to be missing where there is none of its kind', async () => {
    expect(await planned('ssh', 'none')).toEqual({
      ok: false,
      error: {
        code: 'console',
        machine: machine.name,
        failure: { code: 'way-missing', way: 'ssh' },
      },
    });
  });

  it('is forgotten where the file is damaged, and that harms no other', async () => {
    const storage = new MemoryStorage();
    storage.files.set('console-ways', JSON.stringify({ [machine.id]: 'pigeon', other: 'ssh' }));
    const ways = new ConsoleWays(storage);
    expect(await ways.of(machine.id)).toBe('auto');
    await ways.choose(machine.id, 'proxy');
    expect(JSON.parse(storage.files.get('console-ways')!)).toEqual({
      [machine.id]: 'proxy',
      other: 'ssh',
    });
  });
});
