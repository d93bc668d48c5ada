import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ConnectionState } from '../../../core/contract/accounts.ts';
import { describeError } from '../../../core/messages/en/errors.ts';
import { type EmbeddedServer, startServer } from '../../../demo/server/server.ts';
import { jid } from '../../unit/client/application-fixture.ts';
import { MemoryKeychain, MemoryStorage } from '../../support/client-ports.ts';
import { expectOk } from '../../support/expect-result.ts';
import { ApplicationOnServer } from './application-on-server.ts';

const DOMAIN = 'faults.test';
const ADA = jid(`ada@${DOMAIN}`);
const PASSWORD = 'pencil';
const WINDOW = { windowId: 1 };

let server: EmbeddedServer;
const applications: ApplicationOnServer[] = [];

beforeAll(async () => {
  server = await startServer({ domain: DOMAIN, admins: [], version: 'test' });
  expectOk(server.domain.accounts.register('ada', PASSWORD));
});

afterAll(async () => {
  await Promise.all(applications.map((one) => one.application.stop()));
  await server.stop();
  expect(applications.flatMap(({ bugs }) => bugs)).toEqual([]);
});

function application(storage = new MemoryStorage(), keychain = new MemoryKeychain()) {
  const made = new ApplicationOnServer(storage, keychain);
  applications.push(made);
  return made;
}

/** What the user reads of a connection that was not made. */
function wordsOf(state: ConnectionState): unknown {
  return 'error' in state ? { state: state.name, ...describeError(state.error) } : state;
}

function here(one: EmbeddedServer) {
  return { host: one.host, port: one.port, directTls: false };
}

describe('the client that cannot log in', () => {
  it('says that the server does not accept the password, and does not try again', async () => {
    const on = application();
    const state = await on.logIn(ADA, 'wrong', here(server), server.certificate.fingerprint);
    expect(wordsOf(state)).toEqual({
      state: 'failed',
      title: `The server does not accept the password of ${ADA}.`,
      hint: 'Check the address and the password, then connect again.',
    });
    await on.application.accounts.connect(ADA, PASSWORD);
    expect((await on.outcome(ADA)).name).toBe('online');
  });

  it('says which host cannot be found, and goes on trying', async () => {
    const endpoint = { host: 'no-such-host.invalid', port: 5222, directTls: false };
    const state = await application().logIn(ADA, PASSWORD, endpoint);
    expect(wordsOf(state)).toEqual({
      state: 'waiting',
      title: 'no-such-host.invalid cannot be found.',
      hint: 'Check the spelling and the network, or enter the host and port in the account.',
    });
  });

  it('names a certificate that nobody vouches for, trusts it when told to, and then no other', async () => {
    const storage = new MemoryStorage();
    const on = application(storage);
    const refused = await on.logIn(ADA, PASSWORD, here(server));
    expect(wordsOf(refused)).toEqual({
      state: 'failed',
      title: `The certificate of ${DOMAIN} was issued by an authority that this computer does not know.`,
      hint: 'Compare its fingerprint with the server’s before you trust it.',
    });
    const seen = refused.name === 'failed' && refused.error;
    const { fingerprint } = server.certificate;
    expect(seen && seen.code === 'certificate' && seen.certificate.fingerprint).toBe(fingerprint);
    await on.application.handlers.accounts.trust({ jid: ADA, fingerprint }, WINDOW);
    await on.application.accounts.connect(ADA);
    expect((await on.outcome(ADA)).name).toBe('online');
    await on.application.stop();

    const other = await startServer({ domain: DOMAIN, admins: [], version: 'test' });
    const again = application(storage, on.keychain);
    await again.application.start();
    const stored = again.application.accounts.entry(ADA)!.stored.settings;
    await again.application.accounts.update({ ...stored, endpoint: here(other) });
    await again.application.accounts.disconnect(ADA);
    await again.application.accounts.connect(ADA);
    expect(wordsOf(await again.outcome(ADA))).toEqual({
      state: 'failed',
      title: `The certificate of ${DOMAIN} is not the one that was trusted before.`,
      hint: 'Ask whoever runs the server whether it was replaced. Trust the new one only if its fingerprint is right.',
    });
    await other.stop();
  });
});

describe('the client without a keychain', () => {
  it.each([
    ['absent', 'keychain-absent', 'This system has no keychain for passwords.'],
    ['locked', 'keychain-locked', 'The keychain is locked.'],
  ] as const)(
    'says when it is %s, stores the password nowhere, and asks each time instead',
    async (_how, code, title) => {
      const storage = new MemoryStorage();
      const keychain = new MemoryKeychain();
      keychain.failure = { code, detail: 'as the system says' };
      const on = application(storage, keychain);
      const settings = {
        jid: ADA,
        resource: '',
        endpoint: here(server),
        connectAtStart: false,
        rememberPassword: true,
      };
      const { add, connect, trust } = on.application.handlers.accounts;
      await on.application.start();
      const refused = await add({ settings, password: PASSWORD }, WINDOW);
      expect(refused.ok || describeError(refused.error).title).toBe(title);
      expect(on.application.accounts.list()).toEqual([]);
      const asking = { ...settings, rememberPassword: false };
      expectOk(await add({ settings: asking }, WINDOW));
      expect(await connect({ jid: ADA }, WINDOW)).toEqual({
        ok: false,
        error: { code: 'password-needed', jid: ADA },
      });
      const { fingerprint } = server.certificate;
      expectOk(await trust({ jid: ADA, fingerprint }, WINDOW));
      expectOk(await connect({ jid: ADA, password: PASSWORD }, WINDOW));
      expect((await on.outcome(ADA)).name).toBe('online');
      const files = [...storage.files.values(), ...[...storage.logs.values()].flat()];
      expect(files.filter((text) => text.includes(PASSWORD))).toEqual([]);
    },
  );

  it('says at start that a stored password cannot be read while the keychain is locked', async () => {
    const storage = new MemoryStorage();
    const first = application(storage);
    await first.logIn(ADA, PASSWORD, here(server), server.certificate.fingerprint);
    await first.application.stop();
    first.keychain.failure = { code: 'keychain-locked', detail: '' };
    const second = application(storage, first.keychain);
    await second.application.start();
    expect(wordsOf(await second.outcome(ADA))).toEqual({
      state: 'failed',
      title: 'The keychain is locked.',
      hint: 'Unlock it and try again.',
    });
    first.keychain.failure = undefined;
    await second.application.accounts.connect(ADA);
    expect((await second.outcome(ADA)).name).toBe('online');
  });
});
