import { describe, expect, it } from 'vitest';
import { ConsoleChoices } from '../../../../client/consoles/console-choices.ts';
import { ConsoleWays } from '../../../../client/consoles/console-ways.ts';
import { GuestKeyboards } from '../../../../client/consoles/guest-keyboards.ts';
import { ScreenPasswords } from '../../../../client/consoles/screen-passwords.ts';
import { TrustedHosts, trustedPlace } from '../../../../client/consoles/trusted-hosts.ts';
import { SshProfiles } from '../../../../client/ssh/ssh-profiles.ts';
import { entityId } from '../../../../core/domain/entity.ts';
import { expectOk } from '../../../support/expect-result.ts';
import { ACCOUNT, ApplicationFixture, jid, WINDOW } from '../application-fixture.ts';

const OTHER = jid('ada@example.org');
const gone = entityId(ACCOUNT, jid('web-01@example.org'));
const stays = entityId(OTHER, jid('web-01@example.org'));

/** An application with an account of which something of each kind is kept, beside another's. */
async function fixture() {
  const { application, audience, keychain, storage } = new ApplicationFixture(() => undefined);
  const settings = { jid: ACCOUNT, resource: '', connectAtStart: false, rememberPassword: true };
  await application.handlers.accounts.add({ settings }, WINDOW);
  const passwords = new ScreenPasswords(storage, keychain);
  const profiles = new SshProfiles(storage);
  const hosts = new TrustedHosts(storage);
  const ways = new ConsoleWays(storage);
  const choices = new ConsoleChoices(storage);
  const keyboards = new GuestKeyboards(storage);
  for (const entity of [gone, stays]) {
    expectOk(await passwords.keep(entity, { username: 'ada', password: 'secret' }));
    expectOk(await profiles.save(entity, { host: 'hv1', jump: 'none' }));
    expectOk(await ways.choose(entity, 'ssh'));
    expectOk(await choices.remember(entity, { sharesClipboard: true }));
    expectOk(await keyboards.remember(entity, { layout: 'fr' }));
    const place = trustedPlace({ host: '127.0.0.1', isThroughSsh: true }, entity);
    expectOk(await hosts.trust(place ?? '', 'AA:BB'));
  }
  expectOk(await hosts.trust('atoll-01', 'CC:DD'));
  application.keepers.add(passwords, profiles, hosts, ways, choices, keyboards);
  const file = (name: string): unknown => JSON.parse(storage.files.get(name) ?? 'null');
  return { application, audience, keychain, storage, file };
}

describe('what is kept of the entities of an account', () => {
  it('is forgotten with the account, and that of others stays', async () => {
    const { application, keychain, storage, file } = await fixture();
    expectOk(await application.handlers.accounts.remove({ jid: ACCOUNT }, WINDOW));
    expect([...keychain.passwords.keys()]).toEqual([
      ...[`user at the screen of ${stays}`, `screen of ${stays}`],
    ]);
    expect(file('screen-passwords')).toEqual([stays]);
    for (const name of ['ssh-profiles', 'console-ways', 'console-settings', 'guest-keyboards']) {
      expect(Object.keys(file(name) as object)).toEqual([stays]);
    }
    const trusted = { [`127.0.0.1 through ${stays}`]: 'AA:BB', 'atoll-01': 'CC:DD' };
    expect(file('trusted-screens')).toEqual(trusted);
    const texts = [...storage.files.values()];
    expect(texts.filter((text) => text.includes(`${ACCOUNT}>`))).toEqual([]);
  });

  it('is said to be there still where the keychain does not give it up', async () => {
    const { application, audience, keychain, file } = await fixture();
    keychain.failure = { code: 'keychain-locked', detail: '' };
    await application.handlers.accounts.remove({ jid: ACCOUNT }, WINDOW);
    expect(audience.told.notices.map(({ title }) => title)).toEqual(['The keychain is locked.']);
    expect(file('screen-passwords')).toEqual([gone, stays]);
    expect(Object.keys(file('ssh-profiles') as object)).toEqual([stays]);
  });
});
