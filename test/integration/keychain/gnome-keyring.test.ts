import { afterAll, beforeAll, expect, it } from 'vitest';
import { SystemKeychain } from '../../../node/keychain/keychain.ts';
import { startKeyring, type Keyring } from '../../support/keyring.ts';
import { requirePrograms } from '../../support/required-programs.ts';

const there = requirePrograms('keychain', ['dbus-daemon', 'dbus-send', 'gnome-keyring-daemon']);
let keyring: Keyring | undefined;

beforeAll(async () => {
  if (!there) return;
  keyring = await startKeyring();
  Object.assign(process.env, keyring.environment);
});
afterAll(() => keyring?.stop());

it.runIf(there)('keeps a secret in gnome-keyring until it is deleted', async () => {
  const keychain = new SystemKeychain('org.archipel.test');
  const name = 'ada@example.test';
  const secret = 'pässword ✓ '.repeat(300);
  expect({
    before: await keychain.get(name),
    set: await keychain.set(name, secret),
    after: await keychain.get(name),
    deleted: await keychain.delete(name),
    gone: await keychain.get(name),
  }).toEqual({
    before: { ok: true, value: undefined },
    set: { ok: true, value: undefined },
    after: { ok: true, value: secret },
    deleted: { ok: true, value: undefined },
    gone: { ok: true, value: undefined },
  });
});
