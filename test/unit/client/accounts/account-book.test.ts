import { expect, it } from 'vitest';
import type { AccountSettings } from '../../../../core/contract/accounts.ts';
import { parseJid } from '../../../../core/domain/jid.ts';
import { ACCOUNT, ApplicationFixture, WINDOW } from '../application-fixture.ts';
import { FakeFleet } from '../fake-fleet.ts';
import { settled } from '../../../support/manual-time.ts';

const SETTINGS: AccountSettings = {
  jid: ACCOUNT,
  resource: '',
  connectAtStart: false,
  rememberPassword: true,
};

function fixture(): ApplicationFixture {
  return new ApplicationFixture((session) => (session.answer = new FakeFleet([]).answer));
}

it('keeps a password in the keychain and nowhere else', async () => {
  const { application, keychain, storage } = fixture();
  await application.handlers.accounts.add({ settings: SETTINGS, password: 'hunter2' }, WINDOW);
  const files = [...storage.files.values(), ...[...storage.logs.values()].flat()];
  expect([
    keychain.passwords.get(ACCOUNT),
    files.filter((text) => text.includes('hunter2')),
  ]).toEqual(['hunter2', []]);
});

it('adds nothing when there is no keychain for a password that is to be remembered', async () => {
  const { application, keychain } = fixture();
  keychain.failure = { code: 'keychain-absent', detail: 'no Secret Service' };
  const added = await application.handlers.accounts.add(
    { settings: SETTINGS, password: 'hunter2' },
    WINDOW,
  );
  expect([added, application.accounts.list()]).toEqual([
    { ok: false, error: { code: 'keychain-absent', detail: 'no Secret Service' } },
    [],
  ]);
});

it('asks for a password that is not to be remembered, each time', async () => {
  const { application, keychain } = fixture();
  const settings = { ...SETTINGS, rememberPassword: false };
  await application.handlers.accounts.add({ settings }, WINDOW);
  const { connect, disconnect } = application.handlers.accounts;
  const needed = { ok: false, error: { code: 'password-needed', jid: ACCOUNT } };
  expect(await connect({ jid: ACCOUNT }, WINDOW)).toEqual(needed);
  await connect({ jid: ACCOUNT, password: 'hunter2' }, WINDOW);
  await settled();
  expect(application.accounts.list()[0]?.connection.name).toBe('online');
  await disconnect({ jid: ACCOUNT }, WINDOW);
  expect([await connect({ jid: ACCOUNT }, WINDOW), keychain.passwords.size]).toEqual([needed, 0]);
});

it('connects at the next start what is to be connected at start', async () => {
  const first = fixture();
  const settings = { ...SETTINGS, connectAtStart: true };
  await first.application.handlers.accounts.add({ settings, password: 'hunter2' }, WINDOW);
  const second = new ApplicationFixture(
    (session) => (session.answer = new FakeFleet([]).answer),
    first.storage,
  );
  second.keychain.passwords.set(ACCOUNT, 'hunter2');
  await second.application.start();
  await settled();
  expect(second.application.accounts.list()[0]?.connection.name).toBe('online');
});

it('forgets everything of an account that is removed', async () => {
  const { application, keychain, storage } = fixture();
  await application.handlers.accounts.add({ settings: SETTINGS, password: 'hunter2' }, WINDOW);
  await application.handlers.accounts.remove({ jid: ACCOUNT }, WINDOW);
  expect([
    application.accounts.list(),
    keychain.passwords.size,
    storage.files.get('accounts'),
  ]).toEqual([[], 0, '[]']);
});

const MEANT = parseJid('ada@right.test')!.bare;

it('puts another address in the place of one that never logged in, with its own password', async () => {
  const { application, keychain } = fixture();
  const { accounts } = application.handlers;
  await accounts.add({ settings: SETTINGS, password: 'hunter2' }, WINDOW);
  const settings = { ...SETTINGS, jid: MEANT };
  await accounts.correct({ from: ACCOUNT, settings, password: 'hunter3' }, WINDOW);
  const jids = application.accounts.list().map((account) => account.settings.jid);
  expect([jids, [...keychain.passwords]]).toEqual([[MEANT], [[MEANT, 'hunter3']]]);
});

it('sends no password to another address that was meant for the first', async () => {
  const { application } = fixture();
  const { accounts } = application.handlers;
  await accounts.add({ settings: SETTINGS, password: 'hunter2' }, WINDOW);
  await accounts.correct({ from: ACCOUNT, settings: { ...SETTINGS, jid: MEANT } }, WINDOW);
  const connected = await accounts.connect({ jid: MEANT }, WINDOW);
  expect(connected).toEqual({ ok: false, error: { code: 'password-needed', jid: MEANT } });
});

it('gives no other address to an account that has logged in', async () => {
  const { application, keychain } = fixture();
  const { accounts } = application.handlers;
  await accounts.add({ settings: SETTINGS, password: 'hunter2' }, WINDOW);
  await accounts.connect({ jid: ACCOUNT }, WINDOW);
  await settled();
  const settings = { ...SETTINGS, jid: MEANT };
  const corrected = await accounts.correct({ from: ACCOUNT, settings }, WINDOW);
  expect([corrected.ok, application.accounts.list()[0]?.proven, keychain.passwords.size]).toEqual([
    false,
    true,
    1,
  ]);
});

it('stores nothing of the account of the embedded platform', async () => {
  const { application, storage } = fixture();
  const settings = { ...SETTINGS, rememberPassword: false };
  application.addDemo({ settings, password: 'hunter2', fingerprint: 'AA' });
  await settled();
  const [account] = application.accounts.list();
  await application.stop();
  const kept = [...storage.files.values()].filter((text) => text.includes(ACCOUNT));
  expect([account?.demo, account?.connection.name, kept]).toEqual([true, 'online', []]);
});

it('says that an account is being read until what the server keeps of it is here', async () => {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  const fleet = new FakeFleet([]);
  const { application, audience } = new ApplicationFixture((session) => {
    session.answer = async (request) => {
      await held;
      return fleet.answer(request);
    };
  });
  const settings = { ...SETTINGS, connectAtStart: true };
  await application.handlers.accounts.add({ settings, password: 'hunter2' }, WINDOW);
  await settled();
  const told = () => audience.told.accounts[0];
  expect([told()?.connection.name, told()?.isReading]).toEqual(['online', true]);
  release();
  await settled();
  expect([told()?.connection.name, told()?.isReading]).toEqual(['online', undefined]);
});

it('keeps a damaged account from harming the others', async () => {
  const storage = fixture().storage;
  const good = { settings: SETTINGS, hasPassword: false };
  storage.files.set('accounts', JSON.stringify([{ settings: { jid: 7 } }, good]));
  const { application } = new ApplicationFixture(() => undefined, storage);
  await application.start();
  expect(application.accounts.list().map(({ settings }) => settings.jid)).toEqual([ACCOUNT]);
});

it('tells when its files cannot be read', async () => {
  const { application, storage, audience } = fixture();
  storage.failure = { code: 'storage-newer', file: 'accounts.json', version: 9 };
  await application.start();
  const codes = new Set(audience.told.notices.map(({ error }) => error?.code));
  expect([...codes]).toEqual(['storage-newer']);
});
