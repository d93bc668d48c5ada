import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { avatar } from '../../../core/protocol/avatar.ts';
import type { Action } from '../../../core/protocol/define-action.ts';
import { health } from '../../../core/protocol/health.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { hypervisorInfo } from '../../../core/protocol/hypervisor-info.ts';
import { permissionActions } from '../../../core/protocol/permission-actions.ts';
import { eventsNode, TAGS_NODE } from '../../../core/protocol/pubsub-nodes.ts';
import { readPushes } from '../../../core/protocol/push.ts';
import { subscription } from '../../../core/protocol/subscription.ts';
import { readTagItem, tags } from '../../../core/protocol/tags.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import { el } from '../../../core/xml/element.ts';
import { fetchInfo } from '../../../node/xmpp/disco.ts';
import { Pubsub } from '../../../node/xmpp/pubsub.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import { fetchVcard } from '../../../node/xmpp/vcard.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { ADMIN, DOMAIN, domainXml, TestAgent, testConfiguration, worldOf } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const UUID = '11111111-2222-4333-8444-555555555555';
const MACHINE = `${UUID}@${DOMAIN}/atoll`;
const MACHINE_BARE = `${UUID}@${DOMAIN}` as BareJid;
const BOB = `bob@${DOMAIN}` as BareJid;
const NETWORK = 'archipel:hypervisor:network';
/** The smallest PNG there is. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=',
  'base64',
);

describe('the entities of an agent', () => {
  let platform: TestAgent;
  let admin: XmppSession;
  let bob: XmppSession;

  const begin = async (configuration = testConfiguration()): Promise<void> => {
    const world = worldOf({ xml: domainXml('one', UUID), state: 'running' });
    const avatars = new Map([['blue_sky.png', PNG]]);
    platform = await TestAgent.start({ world, configuration, avatars });
    admin = await platform.session('admin');
    bob = await platform.session('bob');
    await waitFor('the hypervisor to be online', 5000, () => platform.isOnline(HYPERVISOR));
    const machines = [{ jid: MACHINE_BARE }];
    expectOk(await askEntity(admin, HYPERVISOR, hypervisorControl.manage, { machines }));
    await waitFor('the machine to be online', 5000, () => platform.isOnline(MACHINE));
  };

  beforeEach(async () => begin());
  afterEach(async () => platform.stop());

  const ask = <Request, Reply>(to: string, action: Action<Request, Reply>, request: Request) =>
    askEntity(admin, to, action, request);
  const askAsBob = <Request, Reply>(to: string, action: Action<Request, Reply>, request: Request) =>
    askEntity(bob, to, action, request);
  const grant = (name: string, isGranted = true) => ({
    changes: [{ type: 'user' as const, user: BOB, name, isGranted }],
  });

  it('lists permissions, grants and revokes them, and tells who is concerned', async () => {
    const heard: string[] = [];
    admin.on('message', (message) => {
      for (const read of readPushes(message)) {
        const push = expectOk(read);
        // The machine may still be telling how it came to be managed.
        if (push.topic === 'permissions') heard.push(push.change);
      }
    });
    await admin.send(el('presence'));
    const pubsub = new Pubsub(admin, `pubsub.${DOMAIN}`);
    // The machine makes its nodes once it is online.
    const hear = async (): Promise<boolean> =>
      (await pubsub.subscribe(eventsNode(MACHINE_BARE))).ok;
    await waitFor('the events node', 5000, hear);
    const listed = expectOk(await ask(MACHINE, permissionActions.list, {}));
    expect(listed.filter(({ byDefault }) => byDefault).map(({ name }) => name)).toEqual([
      'permission_get',
    ]);
    expect(expectErr(await askAsBob(MACHINE, vmControl.info, {})).code).toBe('permission-denied');
    expectOk(await ask(MACHINE, permissionActions.set, grant('info')));
    expectOk(await askAsBob(MACHINE, vmControl.info, {}));
    const whose = { type: 'user' as const, user: BOB };
    expect(expectOk(await askAsBob(MACHINE, permissionActions.getown, whose))).toEqual([
      { name: 'info' },
    ]);
    expectOk(await ask(MACHINE, permissionActions.set, grant('info', false)));
    expect(expectErr(await askAsBob(MACHINE, vmControl.info, {})).code).toBe('permission-denied');
    // Who was ever granted something loses what all others have by default.
    expect(expectErr(await askAsBob(MACHINE, permissionActions.get, whose)).code).toBe(
      'permission-denied',
    );
    await waitFor('both pushes', 5000, () => heard.length === 2);
    expect(heard).toEqual([`[u'${BOB}']`, `[u'${BOB}']`]);
  });

  it('refuses unknown permissions and the permissions of others', async () => {
    expect(expectErr(await ask(MACHINE, permissionActions.set, grant('fly')))).toMatchObject({
      code: 'permission-set-failed',
      text: 'There is no permission fly.',
    });
    const admins = { type: 'user' as const, user: ADMIN };
    expect(expectErr(await askAsBob(MACHINE, permissionActions.getown, admins)).code).toBe(
      'permissions-of-others',
    );
    expectOk(await ask(MACHINE, permissionActions.set, grant('permission_setown')));
    const others = { changes: [{ ...admins, name: 'all', isGranted: false }] };
    expect(expectErr(await askAsBob(MACHINE, permissionActions.setown, others)).code).toBe(
      'permissions-of-others',
    );
    expectOk(await askAsBob(MACHINE, permissionActions.setown, grant('info')));
  });

  it('lets those see its presence who may, and turns others away', async () => {
    const types: string[] = [];
    bob.on('presence', (stanza) => types.push(stanza.attribute('type') ?? 'available'));
    await bob.send(el('presence'));
    await bob.send(el('presence', { to: MACHINE_BARE, type: 'subscribe' }));
    await waitFor('the refusal', 5000, () => types.includes('unsubscribed'));
    expectOk(await ask(MACHINE, permissionActions.set, grant('presence')));
    await bob.send(el('presence', { to: MACHINE_BARE, type: 'subscribe' }));
    await waitFor('the grant', 5000, () => types.includes('subscribed'));
    expectOk(await ask(MACHINE, subscription.remove, { jid: BOB }));
    expect(
      expectOk(await ask(MACHINE, permissionActions.get, { type: 'user', user: BOB })),
    ).toEqual([]);
  });

  it('asks a user to become its contact under its name', async () => {
    const asked: (string | undefined)[] = [];
    bob.on('presence', (stanza) => {
      if (stanza.attribute('type') !== 'subscribe') return;
      asked.push(
        stanza
          .children()
          .find(({ name }) => name === 'nick')
          ?.text(),
      );
    });
    await bob.send(el('presence'));
    expectOk(await ask(MACHINE, subscription.add, { jid: `${BOB}/anywhere` }));
    await waitFor('the request', 5000, () => asked.length > 0);
    expect(asked).toEqual(['one']);
    expect(
      expectOk(await ask(MACHINE, permissionActions.get, { type: 'user', user: BOB })),
    ).toEqual([{ name: 'presence' }]);
  });

  it('publishes its tags under its own name, and keeps them', async () => {
    expectOk(await ask(HYPERVISOR, tags.settags, { tags: ['Prod', 'prod', ' web '] }));
    const pubsub = new Pubsub(admin, `pubsub.${DOMAIN}`);
    const [item, ...others] = expectOk(await pubsub.items(TAGS_NODE)).items;
    expect(others).toEqual([]);
    expect(item?.id).toBe(`atoll@${DOMAIN}`);
    expect(expectOk(readTagItem(item!.payload!))).toEqual({
      jid: `atoll@${DOMAIN}`,
      tags: ['prod', 'web'],
    });
    expect(expectOk(await platform.store.hypervisor.load())?.tags).toEqual(['prod', 'web']);
  });

  it('says that the node of the tags is missing', async () => {
    const owner = platform.agent.host.entity.pubsub;
    expectOk(await owner.delete(TAGS_NODE));
    const refused = expectErr(await ask(HYPERVISOR, tags.settags, { tags: ['a'] }));
    expect(refused).toMatchObject({ code: 'tags-set-failed', number: -7 });
    expect(refused.text).toContain('has no node /archipel/tags');
  });

  it('wears one of its pictures, and no other file', async () => {
    expect(expectOk(await ask(MACHINE, avatar.getavatars, {}))).toEqual([
      {
        name: 'blue_sky.png',
        mime: 'image/png',
        hash: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        data: PNG.toString('base64'),
      },
    ]);
    const other = await ask(MACHINE, avatar.setavatar, { name: '../../etc/passwd' });
    expect(expectErr(other)).toMatchObject({ code: 'avatar-set-failed', number: -2 });
    expectOk(await ask(MACHINE, avatar.setavatar, { name: 'blue sky.png' }));
    const { vcard } = expectOk(await fetchVcard(admin, MACHINE_BARE));
    expect(vcard).toMatchObject({
      fullName: 'one',
      role: 'virtualmachine',
      title: 'Virtual machine (QEMU)',
      photo: { mime: 'image/png', data: PNG.toString('base64') },
    });
  });

  it('tells its health, its past and its log', async () => {
    expect(expectOk(await ask(HYPERVISOR, health.info, {}))).toMatchObject({
      libvirt: { major: 9, minor: 9000, release: 0 },
      memory: { totalKib: 16 * 1024 * 1024 },
    });
    expect(expectOk(await ask(HYPERVISOR, health.history, { limit: 1 }))).toHaveLength(1);
    expect(expectOk(await ask(HYPERVISOR, health.logs, { limit: 2 }))).toHaveLength(2);
  });

  it('announces what it serves and nothing else', async () => {
    const info = expectOk(await fetchInfo(admin, HYPERVISOR));
    expect(info.features).toContain(hypervisorInfo.get.namespace);
    expect(info.features).not.toContain('archipel:transfer');
    expect(info.identities.map(({ type }) => type)).toEqual(['hypervisor']);
    const { modules } = expectOk(await ask(HYPERVISOR, hypervisorInfo.get, {}));
    expect(modules).toContainEqual({ id: 'hypervisor_health', isLoaded: true });
  });

  it('gives the reason why a module is not there', async () => {
    const query = el('query', { xmlns: NETWORK }, [el('archipel', { action: 'get' })]);
    expect(expectErr(await admin.request(HYPERVISOR, 'get', query))).toMatchObject({
      condition: 'feature-not-implemented',
      legacyCode: 501,
      text: 'The module hypervisor_network is not loaded: hypervisor_network is not part of this release of the agent',
    });
  });

  it('serves no health where the configuration switches it off, and says so', async () => {
    await platform.stop();
    await begin(testConfiguration('hypervisor_health = False'));
    expect(expectErr(await ask(HYPERVISOR, health.info, {}))).toMatchObject({
      code: 'not-implemented',
      text: 'The module hypervisor_health is not loaded: hypervisor_health is switched off in section [MODULES]',
    });
  });

  it('answers malformed requests by code and unknown actions by who asks', async () => {
    const send = async (session: XmppSession, ...children: readonly ReturnType<typeof el>[]) => {
      const query = el('query', { xmlns: 'archipel:vm:control' }, children);
      return expectErr(await session.request(MACHINE, 'set', query));
    };
    expect(await send(admin)).toMatchObject({ legacyCode: -42 });
    const unknown = el('archipel', { action: 'dance' });
    expect(await send(admin, unknown)).toMatchObject({ legacyCode: 501 });
    expect(await send(bob, unknown)).toMatchObject({ legacyCode: -1 });
    const wrong = el('archipel', { action: 'memory', value: 'much' });
    expect(await send(admin, wrong)).toMatchObject({ legacyCode: -1016 });
    expectOk(await ask(MACHINE, vmControl.info, {}));
  });

  it('chats with those who may, in the words of its commands', async () => {
    const heard: string[] = [];
    const listen = (session: XmppSession): void => {
      session.on('message', (message) => {
        const body = message.children().find(({ name }) => name === 'body');
        if (message.attribute('type') === 'chat' && body) heard.push(body.text());
      });
    };
    listen(admin);
    listen(bob);
    const say = async (session: XmppSession, to: string, words: string): Promise<string> => {
      heard.length = 0;
      await session.send(el('message', { to, type: 'chat' }, [el('body', {}, [words])]));
      await waitFor(`an answer to ${words}`, 5000, () => heard.length > 0);
      return heard[0] ?? '';
    };
    expect(await say(bob, MACHINE, 'info')).toContain('message');
    expectOk(await ask(MACHINE, permissionActions.set, grant('message')));
    expect(await say(bob, MACHINE, 'info')).toContain('“info”');
    expect(await say(bob, MACHINE, 'help')).not.toContain("'info'");
    expect(await say(bob, MACHINE, 'Hello there')).toBe('Hello bob.');
    expect(await say(bob, MACHINE, 'knit')).toContain('help');
    expect(await say(admin, MACHINE, 'How are you?')).toMatch(
      /^I am in state “running”, with 512 MB of memory and 1 virtual CPU, using [\d.]+ % of the processors of atoll@agent.test\/atoll\.$/,
    );
    expect(await say(admin, MACHINE, 'pause')).toBe('Paused.');
    expect(await say(admin, MACHINE, 'start')).toContain('did not work');
    expect(await say(admin, MACHINE, 'xml')).toContain('<name>one</name>');
    expect(await say(admin, HYPERVISOR, 'vms')).toBe(` - one (${MACHINE})`);
    expect(await say(admin, HYPERVISOR, 'health')).toContain('idlePercent');
    expect(await say(admin, HYPERVISOR, 'alloc two words')).toMatch(/^Created .*@agent\.test\.$/);
    expect(await say(admin, HYPERVISOR, 'free nobody')).toBe('I have no virtual machine “nobody”.');
    expect(await say(admin, HYPERVISOR, 'free One')).toBe(`Deleted ${MACHINE_BARE}.`);
  });
});
