import { lookUpAccount } from '../../../node/xmpp/account-lookup.ts';
import { el } from '../../../core/xml/element.ts';
import { continueCommand, executeCommand, listCommands } from '../../../node/xmpp/ad-hoc.ts';
import { fieldValues, submitForm } from '../../../node/xmpp/data-form.ts';
import { answerDisco, fetchInfo, fetchItems } from '../../../node/xmpp/disco.ts';
import { answerVersion, fetchVersion, ping } from '../../../node/xmpp/entity-version.ts';
import { type PubsubEvent, readPubsubEvent } from '../../../node/xmpp/pubsub-events.ts';
import { Pubsub } from '../../../node/xmpp/pubsub.ts';
import type { TestUser, XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { expectOk } from '../../support/expect-result.ts';
import { Heard } from './heard.ts';
import { Visitors } from './visitors.ts';
import { expect, it } from 'vitest';

/** Asking entities, publish-subscribe, disco and ad-hoc commands. */
export function serviceCases(server: () => XmppServerDescription): void {
  const visitors = new Visitors(server);
  const user = (index: number): TestUser => server().users[index]!;

  it('takes two accounts and lets one ask the other', async () => {
    const one = await visitors.online(user(0));
    const other = await visitors.online(user(1), { resource: 'host' });
    const stop = answerVersion(other, { name: 'agent', version: '1', system: undefined });
    expect(await fetchVersion(one, other.fullJid!)).toEqual({
      ok: true,
      value: { name: 'agent', version: '1', system: undefined },
    });
    stop();
    expect(await fetchVersion(one, other.fullJid!)).toMatchObject({
      ok: false,
      error: { code: 'stanza-error', condition: 'feature-not-implemented', legacyCode: 501 },
    });
    expect(await ping(one, other.fullJid!, () => 0)).toEqual({ ok: true, value: 0 });
  });

  it('tells at once when nobody is there to answer', async () => {
    const session = await visitors.online(user(0));
    expect(await ping(session, `${user(1).jid}/nobody`, () => 0)).toMatchObject({
      ok: false,
      error: { code: 'stanza-error', type: 'cancel', condition: 'service-unavailable' },
    });
  });

  it('publishes, pages, retracts and deletes items, and tells subscribers', async () => {
    const owner = await visitors.online(user(0));
    const reader = await visitors.online(user(1));
    const [mine, theirs] = [
      new Pubsub(owner, server().pubsub),
      new Pubsub(reader, server().pubsub),
    ];
    expectOk(await reader.send(el('presence')));
    const events = new Heard<PubsubEvent>((listener) => {
      return reader.on('message', (message) => {
        const event = readPubsubEvent(message);
        if (event !== undefined) listener(event);
      });
    });
    const node = `/archipel/${user(0).jid}/events`;
    const open = { access_model: 'open', persist_items: '1', max_items: '50' };
    expectOk(await mine.create(node, { ...open, notify_retract: '1', notify_delete: '1' }));
    expect(expectOk(await theirs.subscribe(node))).toMatchObject({ node, state: 'subscribed' });
    expect(expectOk(await theirs.subscriptions())).toContainEqual(
      expect.objectContaining({ node, jid: user(1).jid }),
    );
    for (const id of ['one', 'two', 'three']) {
      expect(
        expectOk(await mine.publish(node, el('push', { xmlns: 'archipel:push', id }), id)),
      ).toBe(id);
    }
    const event = await events.next(({ published }) => published[0]?.id === 'two');
    expect([event.node, event.published[0]?.payload?.attribute('id')]).toEqual([node, 'two']);
    const all = expectOk(await theirs.items(node));
    expect(all.items.map((item) => item.id).sort()).toEqual(['one', 'three', 'two']);
    const chosen = expectOk(await theirs.items(node, { ids: ['two'] }));
    expect(chosen.items.map((item) => item.id)).toEqual(['two']);
    expectOk(await mine.retract(node, 'two'));
    const retraction = await events.next(({ retracted }) => retracted.length > 0);
    expect(retraction.retracted).toEqual(['two']);
    expectOk(await theirs.unsubscribe(node));
    expectOk(await mine.delete(node));
    expect(await theirs.items(node)).toMatchObject({
      ok: false,
      error: { condition: 'item-not-found' },
    });
  });

  it('keeps strangers out of a whitelisted node until they are members', async () => {
    const owner = await visitors.online(user(0));
    const stranger = await visitors.online(user(1));
    const [mine, theirs] = [
      new Pubsub(owner, server().pubsub),
      new Pubsub(stranger, server().pubsub),
    ];
    const node = 'members-only';
    expectOk(await mine.create(node, { access_model: 'whitelist', persist_items: '1' }));
    expect(await theirs.subscribe(node)).toMatchObject({
      ok: false,
      error: { code: 'stanza-error' },
    });
    expectOk(await mine.setAffiliations(node, new Map([[user(1).jid, 'member']])));
    expect(expectOk(await mine.affiliations(node)).get(user(1).jid)).toBe('member');
    expectOk(await theirs.subscribe(node));
    expectOk(await mine.delete(node));
  });

  it('describes itself and finds the services of the server', async () => {
    const [one, other] = [await visitors.online(user(0)), await visitors.online(user(1))];
    answerDisco(other, (node) => {
      if (node !== undefined) return undefined;
      const identity = { category: 'automation', type: 'hypervisor', name: 'paris-1' };
      return { identities: [identity], features: ['archipel:hypervisor:control'] };
    });
    const info = expectOk(await fetchInfo(one, other.fullJid!));
    expect(info.identities).toEqual([
      { category: 'automation', type: 'hypervisor', name: 'paris-1' },
    ]);
    expect(info.features.has('archipel:hypervisor:control')).toBe(true);
    expect(await fetchInfo(one, other.fullJid!, 'nosuch')).toMatchObject({
      ok: false,
      error: { condition: 'item-not-found' },
    });
    const items = expectOk(await fetchItems(one, server().domain));
    expect(items.items.map((item) => item.jid)).toContain(server().pubsub);
  });

  it('runs the ad-hoc commands of the server for its administrator only', async () => {
    const admin = await visitors.online(server().admin);
    const commands = expectOk(await listCommands(admin, server().domain));
    const addUser = commands.find((command) => command.node.endsWith('#add-user'))!;
    const stage = expectOk(await executeCommand(admin, server().domain, addUser.node));
    expect(stage.status).toBe('executing');
    expect(stage.form?.fields.map((field) => field.name)).toContain('accountjid');
    const [formType = ''] = fieldValues(stage.form, 'FORM_TYPE');
    const jid = `added@${server().domain}`;
    const password = 'added password';
    const filled = { accountjid: jid, password, 'password-verify': password };
    const form = submitForm(formType, filled);
    const done = expectOk(await continueCommand(admin, server().domain, stage, 'complete', form));
    expect(done.status).toBe('completed');
    const added = await visitors.online({ jid, password });
    expect(await executeCommand(added, server().domain, addUser.node)).toMatchObject({
      ok: false,
      error: { code: 'stanza-error', condition: 'forbidden' },
    });
  });

  it('tells its administrator whether an account exists and what is connected', async () => {
    const admin = await visitors.online(server().admin);
    const { domain } = server();
    const [there, away] = [user(0), user(4)];
    const session = await visitors.online(there);
    const resource = session.fullJid?.slice(session.fullJid.indexOf('/') + 1);
    expect(await lookUpAccount(admin, there.jid)).toMatchObject({
      ok: true,
      // A session of an earlier case may still wait to be resumed.
      value: { exists: true, resources: expect.arrayContaining([resource]) as string[] },
    });
    expect(await lookUpAccount(admin, away.jid)).toMatchObject({
      ok: true,
      value: { exists: true, resources: [] },
    });
    expect(await lookUpAccount(admin, `nobody@${domain}`)).toEqual({
      ok: true,
      value: { exists: false, resources: [] },
    });
    expect(await lookUpAccount(admin, 'nobody@elsewhere.test')).toEqual({
      ok: false,
      error: { code: 'other-server' },
    });
    expect(await lookUpAccount(session, away.jid)).toEqual({
      ok: false,
      error: { code: 'not-administrator' },
    });
  });

  it('asks and is answered 200 times one after the other without a pause between', async () => {
    const session = await visitors.online(user(0));
    for (let count = 0; count < 200; count += 1) {
      expectOk(await ping(session, server().domain, () => 0));
    }
  });
}
