import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { Application } from '../../../client/application.ts';
import { entityId } from '../../../core/domain/entity.ts';
import { BareJid } from '../../../core/domain/jid.ts';
import { writePresence } from '../../../core/protocol/presence.ts';
import { ok } from '../../../core/lib/result.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { Roster } from '../../../node/xmpp/roster.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import {
  ListeningAudience,
  MemoryKeychain,
  MemoryPictures,
  MemoryStorage,
} from '../../support/client-ports.ts';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { requirePrograms } from '../../support/required-programs.ts';

const WINDOW = { windowId: 1 };

describe.runIf(requirePrograms('client on Prosody', PROSODY_PROGRAMS))('on Prosody', () => {
  let prosody: TestProsody;
  const audience = new ListeningAudience();
  const bugs: unknown[] = [];
  let application: Application;
  let friend: XmppSession;

  beforeAll(async () => {
    prosody = await TestProsody.start();
    const { ca, host, port } = prosody.description;
    const options = { tls: { ca }, endpoint: { host, port } };
    application = new Application(
      {
        storage: new MemoryStorage(),
        keychain: new MemoryKeychain(),
        pictures: new MemoryPictures(),
        images: { toAvatar: async (bytes) => ok(bytes) },
        clock: systemClock,
        createSession: (given) => new XmppSession({ ...given, ...options }),
        random: Math.random,
        createId: randomUUID,
        report: (cause) => String(bugs.push(cause)),
      },
      audience,
    );
    const [, bob] = prosody.description.users;
    friend = new XmppSession({ jid: bob!.jid, password: async () => bob!.password, ...options });
    await friend.connect();
  });

  afterAll(async () => {
    await application.stop();
    await friend.disconnect();
    await prosody.stop();
    expect(bugs).toEqual([]);
  });

  it('logs in, adds a contact, and hears its presence', async () => {
    const [alice] = prosody.description.users;
    const account = v.parse(BareJid, alice!.jid);
    const bob = v.parse(BareJid, friend.bareJid);
    const roster = new Roster(friend, (cause) => bugs.push(cause));
    roster.on('requested', ({ jid }) => void roster.accept(jid));
    await friend.send(writePresence({}));
    const settings = {
      jid: account,
      resource: 'Archipel',
      connectAtStart: true,
      rememberPassword: true,
    };
    await application.start();
    await application.handlers.inventory.snapshot(undefined, WINDOW);
    await application.handlers.accounts.add({ settings, password: alice!.password }, WINDOW);
    await audience.until(() => audience.told.accounts[0]?.connection.name === 'online');
    const input = { account, jid: bob, name: 'Bob', groups: ['Friends::Old'] };
    await application.handlers.runs.start({ command: 'contact.add', targets: [], input }, WINDOW);
    await friend.send(writePresence({ show: 'away', status: 'Back at two' }));
    const seen = await audience.until(() => {
      const { entities } = application.inventory.snapshot();
      return entities.find(({ jid, state }) => jid === bob && state === 'away');
    });
    expect(seen).toEqual(
      expect.objectContaining({
        kind: 'user',
        name: 'Bob',
        groups: ['Friends::Old'],
        status: 'Back at two',
        subscription: 'to',
        stale: false,
      }),
    );
  });

  it('renames and deletes a roster group by its members, who stay', async () => {
    const [alice] = prosody.description.users;
    const id = entityId(v.parse(BareJid, alice!.jid), v.parse(BareJid, friend.bareJid));
    const inGroups = async (command: string, input: Record<string, string>) => {
      await application.handlers.runs.start({ command, targets: [id], input }, WINDOW);
      const groups = JSON.stringify(application.inventory.entity(id)?.groups);
      return audience.until(() => {
        const now = application.inventory.entity(id)?.groups;
        return JSON.stringify(now) === groups ? undefined : now;
      });
    };
    expect([
      await inGroups('group.rename', { from: 'Friends', to: 'Colleagues::All' }),
      await inGroups('group.delete', { group: 'Colleagues::All::Old' }),
      await inGroups('group.delete', { group: 'Colleagues' }),
      await inGroups('group.delete', { group: 'All' }),
    ]).toEqual([['Colleagues::All::Old'], ['Colleagues::All'], ['All'], []]);
    expect(application.inventory.entity(id)?.name).toBe('Bob');
  });

  it('tells a wrong password from an unreachable server', async () => {
    const [, , carol] = prosody.description.users;
    const jid = v.parse(BareJid, carol!.jid);
    const settings = { jid, resource: '', connectAtStart: false, rememberPassword: false };
    await application.handlers.accounts.add({ settings }, WINDOW);
    await application.handlers.accounts.connect({ jid, password: 'wrong' }, WINDOW);
    const failed = await audience.until(() => {
      const account = audience.told.accounts.find((one) => one.settings.jid === jid);
      return account?.connection.name === 'failed' ? account.connection : undefined;
    });
    expect(failed).toEqual({ name: 'failed', error: { code: 'not-authorized', jid } });
  });
});
