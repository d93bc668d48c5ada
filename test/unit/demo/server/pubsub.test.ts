import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Element } from '@xmpp/xml';
import type { EmbeddedServer } from '../../../../demo/server/server.ts';
import { RawClient } from '../raw-client.ts';
import { DOMAIN, startTestServer } from '../servers.ts';

const ALICE = `alice@${DOMAIN}`;
const BOB = `bob@${DOMAIN}`;
const SERVICE = `pubsub.${DOMAIN}`;
const NODE = '/archipel/tags';

let server: EmbeddedServer;
let alice: RawClient;
let bob: RawClient;

beforeEach(async () => {
  server = await startTestServer();
  alice = await RawClient.online(server, 'alice', 'desk');
  bob = await RawClient.online(server, 'bob', 'desk');
});

afterEach(async () => server.stop());

async function ask(client: RawClient, type: 'get' | 'set', inner: string): Promise<Element> {
  const ns = 'http://jabber.org/protocol/pubsub';
  return client.request(type, `<pubsub xmlns='${ns}'>${inner}</pubsub>`, SERVICE);
}

async function askOwner(client: RawClient, type: 'get' | 'set', inner: string): Promise<Element> {
  const ns = 'http://jabber.org/protocol/pubsub#owner';
  return client.request(type, `<pubsub xmlns='${ns}'>${inner}</pubsub>`, SERVICE);
}

function form(fields: Readonly<Record<string, string>>): string {
  const all = Object.entries(fields).map(([name, value]) => {
    return `<field var='pubsub#${name}'><value>${value}</value></field>`;
  });
  return `<x xmlns='jabber:x:data' type='submit'>${all.join('')}</x>`;
}

async function create(fields: Readonly<Record<string, string>> = {}): Promise<Element> {
  const configure = `<configure>${form(fields)}</configure>`;
  return ask(alice, 'set', `<create node='${NODE}'/>${configure}`);
}

async function publish(client: RawClient, id: string, text = id): Promise<Element> {
  const item = `<item id='${id}'><tag xmlns='t'>${text}</tag></item>`;
  return ask(client, 'set', `<publish node='${NODE}'>${item}</publish>`);
}

async function subscribe(client: RawClient, account: string): Promise<Element> {
  return ask(client, 'set', `<subscribe node='${NODE}' jid='${account}'/>`);
}

async function itemIds(client: RawClient, more = '', attributes = ''): Promise<unknown[]> {
  const answer = await ask(client, 'get', `<items node='${NODE}'${attributes}/>${more}`);
  const error = errorOf(answer);
  if (error !== 'result') return [error];
  const items = answer.getChild('pubsub')?.getChild('items')?.getChildren('item') ?? [];
  return items.map((item) => item.attrs['id'] as unknown);
}

/** The conditions of an error, or `result`. */
function errorOf(answer: Element): string {
  const error = answer.getChild('error');
  return (
    error
      ?.getChildElements()
      .map(({ name }) => name)
      .join(' ') ?? String(answer.attrs['type'])
  );
}

describe('a pubsub node', () => {
  it('sends what is published to its subscribers as headlines to the JID that subscribed', async () => {
    await create();
    await subscribe(bob, BOB);
    await publish(alice, 'one');
    const event =
      `<event xmlns="http://jabber.org/protocol/pubsub#event"><items node="${NODE}">` +
      `<item id="one"><tag xmlns="t">one</tag></item></items></event>`;
    expect(await bob.settled()).toEqual([
      `<message type="headline" from="${SERVICE}" to="${BOB}">${event}</message>`,
    ]);
  });

  it('replaces an item of the same identifier and keeps the newest ones only', async () => {
    await create({ max_items: '2' });
    for (const id of ['one', 'two', 'one', 'three']) await publish(alice, id);
    expect(await itemIds(bob)).toEqual(['one', 'three']);
  });

  it('gives its items in pages, by identifier, or the newest few', async () => {
    await create();
    for (const id of ['a', 'b', 'c', 'd', 'e']) await publish(alice, id);
    const page = (inner: string): string => {
      return `<set xmlns='http://jabber.org/protocol/rsm'>${inner}</set>`;
    };
    expect([
      await itemIds(bob, page('<max>2</max>')),
      await itemIds(bob, page('<max>2</max><after>b</after>')),
      await itemIds(bob, page('<max>2</max><before/>')),
      await itemIds(bob, page('<max>2</max><before>c</before>')),
      await itemIds(bob, page('<max>2</max><after>gone</after>')),
      await itemIds(bob, '', " max_items='1'"),
    ]).toEqual([['a', 'b'], ['c', 'd'], ['d', 'e'], ['a', 'b'], ['item-not-found'], ['e']]);
    const last = await ask(
      bob,
      'get',
      `<items node='${NODE}'/>${page('<max>2</max><after>c</after>')}`,
    );
    expect(last.getChild('pubsub')?.getChild('set')?.toString()).toBe(
      '<set xmlns="http://jabber.org/protocol/rsm"><first index="3">d</first><last>e</last><count>5</count></set>',
    );
  });

  it('keeps nothing when its owner does not want it to', async () => {
    await create({ persist_items: '0' });
    await subscribe(bob, BOB);
    await publish(alice, 'one');
    expect(await itemIds(bob)).toEqual([]);
    expect(await bob.settled()).toHaveLength(1);
  });

  it('lets only owners and publishers publish, or everybody where it is open', async () => {
    await create();
    expect(errorOf(await publish(bob, 'one'))).toBe('forbidden');
    await askOwner(
      alice,
      'set',
      `<configure node='${NODE}'>${form({ publish_model: 'open' })}</configure>`,
    );
    expect(errorOf(await publish(bob, 'one'))).toBe('result');
  });

  it('is closed to strangers when it has a whitelist', async () => {
    await create({ access_model: 'whitelist' });
    expect([errorOf(await subscribe(bob, BOB)), await itemIds(bob)]).toEqual([
      'not-allowed closed-node',
      ['not-allowed closed-node'],
    ]);
    const member = `<affiliation jid='${BOB}' affiliation='member'/>`;
    await askOwner(alice, 'set', `<affiliations node='${NODE}'>${member}</affiliations>`);
    expect(errorOf(await subscribe(bob, BOB))).toBe('result');
  });

  it('tells of retracted items when it is so configured, and of its own end', async () => {
    await create({ notify_retract: '1' });
    await subscribe(bob, BOB);
    await publish(alice, 'one');
    await bob.settled();
    await ask(alice, 'set', `<retract node='${NODE}'><item id='one'/></retract>`);
    await askOwner(alice, 'set', `<delete node='${NODE}'/>`);
    const events = (await bob.settled()).map((text) => /<event[^>]*>(.*)<\/event>/.exec(text)?.[1]);
    expect(events).toEqual([
      `<items node="${NODE}"><retract id="one"/></items>`,
      `<delete node="${NODE}"/>`,
    ]);
    expect(await itemIds(bob)).toEqual(['item-not-found']);
  });

  it('lets a publisher retract its own items and no others', async () => {
    await create({ publish_model: 'open' });
    await publish(alice, 'of-alice');
    await publish(bob, 'of-bob');
    const retract = async (id: string): Promise<string> => {
      return errorOf(await ask(bob, 'set', `<retract node='${NODE}'><item id='${id}'/></retract>`));
    };
    expect([await retract('of-alice'), await retract('of-bob')]).toEqual(['forbidden', 'result']);
    expect(await itemIds(bob)).toEqual(['of-alice']);
  });

  it('says who is subscribed and affiliated, to them and to its owner', async () => {
    await create();
    await subscribe(bob, BOB);
    const subscriptions = await ask(bob, 'get', '<subscriptions/>');
    const affiliations = await ask(alice, 'get', '<affiliations/>');
    const ofOwner = await askOwner(alice, 'get', `<subscriptions node='${NODE}'/>`);
    const first = (answer: Element): Record<string, unknown> => {
      const pubsub = answer.getChild('pubsub')!;
      const { attrs } = pubsub.getChildElements()[0]!.getChildElements()[0]!;
      return Object.fromEntries(Object.entries(attrs).filter(([name]) => name !== 'subid'));
    };
    expect([first(subscriptions), first(affiliations), first(ofOwner)]).toEqual([
      { node: NODE, jid: BOB, subscription: 'subscribed' },
      { node: NODE, affiliation: 'owner' },
      { jid: BOB, subscription: 'subscribed' },
    ]);
  });

  it('ends a subscription that exists, and refuses to end one that does not', async () => {
    await create();
    await subscribe(bob, BOB);
    const end = `<unsubscribe node='${NODE}' jid='${BOB}'/>`;
    expect([errorOf(await ask(bob, 'set', end)), errorOf(await ask(bob, 'set', end))]).toEqual([
      'result',
      'unexpected-request not-subscribed',
    ]);
    await publish(alice, 'one');
    expect(await bob.settled()).toEqual([]);
  });

  it('refuses what cannot be', async () => {
    await create();
    expect([
      errorOf(await create()),
      errorOf(await subscribe(bob, ALICE)),
      errorOf(await ask(bob, 'set', "<subscribe jid='x@y'/>")),
      errorOf(await ask(bob, 'set', `<subscribe node='/none' jid='${BOB}'/>`)),
      errorOf(await askOwner(bob, 'set', `<delete node='${NODE}'/>`)),
      errorOf(
        await askOwner(
          alice,
          'set',
          `<configure node='${NODE}'>${form({ access_model: 'x' })}</configure>`,
        ),
      ),
      errorOf(await ask(bob, 'get', '<options/>')),
    ]).toEqual([
      'conflict',
      'bad-request invalid-jid',
      'bad-request nodeid-required',
      'item-not-found',
      'forbidden',
      'not-acceptable',
      'feature-not-implemented unsupported',
    ]);
  });

  it('shows its configuration as a form, with what was set', async () => {
    await create({ max_items: '7', access_model: 'whitelist' });
    const answer = await askOwner(alice, 'get', `<configure node='${NODE}'/>`);
    const fields = answer
      .getChild('pubsub')
      ?.getChild('configure')
      ?.getChild('x')
      ?.getChildren('field');
    const values = fields?.map(
      (field) => `${String(field.attrs['var'])}=${field.getChildText('value') ?? ''}`,
    );
    expect(values).toEqual([
      'FORM_TYPE=http://jabber.org/protocol/pubsub#node_config',
      'pubsub#title=',
      'pubsub#access_model=whitelist',
      'pubsub#publish_model=publishers',
      'pubsub#max_items=7',
      'pubsub#persist_items=1',
      'pubsub#deliver_notifications=1',
      'pubsub#deliver_payloads=1',
      'pubsub#notify_retract=1',
      'pubsub#notify_delete=1',
    ]);
  });
});
