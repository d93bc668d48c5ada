import { describe, expect, it } from 'vitest';
import { ConsoleAccess } from '../../../../client/consoles/console-access.ts';
import {
  type ScreenCredentials,
  ScreenPasswords,
} from '../../../../client/consoles/screen-passwords.ts';
import { TrustedHosts } from '../../../../client/consoles/trusted-hosts.ts';
import { vmConsole } from '../../../../core/protocol/vm-console.ts';
import { err, ok } from '../../../../core/lib/result.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';
import { expectOk } from '../../../support/expect-result.ts';
import { MemoryKeychain, MemoryStorage } from '../../../support/client-ports.ts';

const machine = fakeEntity('web-01@archipel.test', {
  agent: { features: [vmConsole.open.namespace] } as never,
});
const transport = { kind: 'tcp', host: '10.0.0.5', port: 5900, tls: 'none', reach: 'network' };

/** What a screen is told where its agent tells that password, and the user gave these. */
async function told(password: string | undefined, ...given: readonly ScreenCredentials[]) {
  const [storage, keychain] = [new MemoryStorage(), new MemoryKeychain()];
  const passwords = new ScreenPasswords(storage, keychain);
  for (const one of given) expectOk(await passwords.keep(machine.id, one));
  const access = new ConsoleAccess({
    client: {
      call: async () =>
        ok({ type: 'vnc', transports: [transport], ...(password && { password }) } as never),
      entity: () => machine,
    },
    // Another run, which reads what was kept.
    passwords: new ScreenPasswords(storage, keychain),
    hosts: new TrustedHosts(storage),
    placeOf: () => 'elsewhere',
  });
  const plan = expectOk(await access.plan(machine));
  return { credentials: plan.credentials, storage, keychain };
}

describe('what a screen is told of the user', () => {
  const ada = { username: 'ada', password: 'geheim' };

  it.each([
    ['nothing that nobody knows', undefined, [], {}],
    ['the password that its agent tells', 'of the agent', [], { password: 'of the agent' }],
    ['the password that was given', undefined, [{ password: 'given' }], { password: 'given' }],
    [
      'the agent’s password before one that was given without a name',
      'of the agent',
      [{ password: 'given' }],
      { password: 'of the agent' },
    ],
    [
      'the name that was asked for, beside what its agent tells',
      'of the agent',
      [ada],
      { ...ada, screenPassword: 'of the agent' },
    ],
    ['no name that was given before', undefined, [ada, { password: 'new' }], { password: 'new' }],
  ] as const)('is %s', async (_what, agent, given, credentials) => {
    expect((await told(agent, ...given)).credentials).toEqual(credentials);
  });

  it('is in the keychain alone', async () => {
    const { storage, keychain } = await told(undefined, ada);
    expect([...keychain.passwords.values()].sort()).toEqual(['ada', 'geheim']);
    const files = [...storage.files.values()].join('');
    expect(files).not.toContain('geheim');
    expect(files).not.toContain('"ada"');
  });
});

describe('what is kept for a screen', () => {
  const locked = { code: 'keychain-locked', detail: 'locked' } as const;

  /** A keychain that fails from the given step of a keeping on. */
  class FailingKeychain extends MemoryKeychain {
    steps = Infinity;

    override async set(name: string, secret: string) {
      return this.#step() ?? super.set(name, secret);
    }

    override async delete(name: string) {
      return this.#step() ?? super.delete(name);
    }

    #step() {
      this.steps -= 1;
      return this.steps < 0 ? err(locked) : undefined;
    }
  }

  it.each([0, 1, 2, 3])('is all old, nothing or all new where step %i fails', async (step) => {
    const [storage, keychain] = [new MemoryStorage(), new FailingKeychain()];
    const passwords = new ScreenPasswords(storage, keychain);
    const old = { username: 'ada', password: 'old' };
    expectOk(await passwords.keep(machine.id, old));
    keychain.steps = step;
    const kept = await passwords.keep(machine.id, { username: 'bob', password: 'new' });
    expect(kept).toEqual(err(locked));
    expect(await passwords.of(machine.id)).toEqual(step === 0 ? old : undefined);
  });

  it('is named in the file before the keychain has it, and so forgotten with its account', async () => {
    const [storage, keychain] = [new MemoryStorage(), new FailingKeychain()];
    keychain.steps = 3;
    const passwords = new ScreenPasswords(storage, keychain);
    const half = await passwords.keep(machine.id, { username: 'ada', password: 'x' });
    expect([half.ok, keychain.passwords.size]).toEqual([false, 1]);
    keychain.steps = Infinity;
    expectOk(await new ScreenPasswords(storage, keychain).forgetAccount(machine.account));
    expect(keychain.passwords.size).toBe(0);
  });

  it('is nothing where the file cannot be written', async () => {
    const [storage, keychain] = [new MemoryStorage(), new MemoryKeychain()];
    storage.failure = { code: 'storage-unwritable', file: 'screen-passwords', detail: 'ENOSPC' };
    const passwords = new ScreenPasswords(storage, keychain);
    expect(await passwords.keep(machine.id, { password: 'x' })).toEqual(err(storage.failure));
    expect(keychain.passwords.size).toBe(0);
  });
});
