import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Element } from '@xmpp/xml';
import type { EmbeddedServer } from '../../../../demo/server/server.ts';
import { RawClient } from '../raw-client.ts';
import { DOMAIN, startTestServer } from '../servers.ts';

const ALICE = `alice@${DOMAIN}`;
const BOB = `bob@${DOMAIN}`;
const QUERY = "<query xmlns='archipel:vm:control'><archipel action='info'/></query>";

let server: EmbeddedServer;
let alice: RawClient;
let bob: RawClient;

beforeAll(async () => {
  server = await startTestServer();
  alice = await RawClient.online(server, 'alice', 'desk');
  bob = await RawClient.online(server, 'bob', 'desk');
});

afterAll(async () => server.stop());

function condition(answer: Element): string {
  return answer.getChild('error')?.getChildElements()[0]?.name ?? answer.toString();
}

describe('a request', () => {
  it('reaches a resource with its true sender, and its answer comes back', async () => {
    const forged = `<iq type='get' id='r1' from='eve@evil.test' to='${BOB}/desk'>${QUERY}</iq>`;
    alice.send(forged);
    const request = await bob.next((stanza) => stanza.attrs['id'] === 'r1');
    expect(request.attrs['from']).toBe(`${ALICE}/desk`);
    bob.send(
      `<iq type='result' id='r1' to='${ALICE}/desk'><query xmlns='archipel:vm:control'/></iq>`,
    );
    const answer = await alice.next((stanza) => stanza.attrs['id'] === 'r1');
    expect(answer.toString()).toBe(
      `<iq type="result" id="r1" to="${ALICE}/desk" from="${BOB}/desk"><query xmlns="archipel:vm:control"/></iq>`,
    );
  });

  it.each([
    ['a resource that is not there', `${BOB}/nowhere`, 'service-unavailable'],
    ['the account itself', BOB, 'service-unavailable'],
    ['an unknown account', `nobody@${DOMAIN}`, 'service-unavailable'],
    ['another domain', 'bob@elsewhere.test', 'remote-server-not-found'],
    ['what is no address', '@@', 'jid-malformed'],
  ])('to %s is answered by the server', async (_what, to, expected) => {
    expect(condition(await alice.request('get', QUERY, to))).toBe(expected);
  });

  it('that holds nothing or two things is refused', async () => {
    expect([
      condition(await alice.request('get', '', DOMAIN)),
      condition(await alice.request('get', '<a xmlns="a"/><b xmlns="b"/>', DOMAIN)),
    ]).toEqual(['bad-request', 'bad-request']);
  });

  it('never gets an answer when it is an answer itself', async () => {
    alice.send(
      `<iq type='result' id='x' to='${BOB}/nowhere'/><iq type='error' id='y' to='${BOB}'/>`,
    );
    expect(await alice.settled()).toEqual([]);
  });
});

describe('a message', () => {
  it('to an account reaches its resources of the highest priority', async () => {
    const phone = await RawClient.online(server, 'bob', 'phone');
    const hidden = await RawClient.online(server, 'bob', 'hidden');
    phone.send('<presence><priority>5</priority></presence>');
    hidden.send('<presence><priority>-1</priority></presence>');
    for (const client of [phone, hidden, bob]) await client.settled();
    alice.send(`<message type='chat' to='${BOB}'><body>hello</body></message>`);
    alice.send(`<message type='headline' to='${BOB}'><body>news</body></message>`);
    await alice.settled();
    const [onPhone, onDesk, onHidden] = [phone, bob, hidden].map(async (client) => {
      const all = await client.settled();
      return all.map((text) => /<body>(.*)<\/body>/.exec(text)?.[1]).filter((body) => body);
    });
    expect([await onPhone, await onDesk, await onHidden]).toEqual([
      ['hello', 'news'],
      ['news'],
      [],
    ]);
    for (const client of [phone, hidden]) client.duplex.destroy();
  });

  it('to one who is away comes back, unless it is a headline', async () => {
    alice.send(`<message type='headline' to='admin@${DOMAIN}'><body>a</body></message>`);
    alice.send(`<message type='chat' to='admin@${DOMAIN}' id='m'><body>a</body></message>`);
    const back = await alice.next(({ name }) => name === 'message');
    expect([back.attrs['id'], condition(back)]).toEqual(['m', 'service-unavailable']);
    expect((await alice.settled()).filter((text) => text.startsWith('<message'))).toEqual([]);
  });
});

describe('what the server itself answers', () => {
  it('is a ping, the time, its version, and who it is', async () => {
    const ping = await alice.request('get', "<ping xmlns='urn:xmpp:ping'/>", DOMAIN);
    const version = await alice.request('get', "<query xmlns='jabber:iq:version'/>", DOMAIN);
    const time = await alice.request('get', "<time xmlns='urn:xmpp:time'/>", DOMAIN);
    const info = await alice.request(
      'get',
      "<query xmlns='http://jabber.org/protocol/disco#info'/>",
      DOMAIN,
    );
    expect(ping.getChildElements()).toEqual([]);
    expect(version.getChild('query')?.getChildText('version')).toBe('1.2.3');
    expect(Date.parse(time.getChild('time')?.getChildText('utc') ?? '')).toBeGreaterThan(0);
    expect(info.getChild('query')?.getChild('identity')?.attrs).toEqual({
      category: 'server',
      type: 'im',
      name: 'Archipel embedded server',
    });
  });

  it('names its pubsub service, and its commands to administrators only', async () => {
    const items = (node: string): string => {
      return `<query xmlns='http://jabber.org/protocol/disco#items'${node}/>`;
    };
    const services = await alice.request('get', items(''), DOMAIN);
    const commands = " node='http://jabber.org/protocol/commands'";
    const forUsers = await alice.request('get', items(commands), DOMAIN);
    const admin = await RawClient.bound(server, 'admin', 'desk');
    const forAdmin = await admin.request('get', items(commands), DOMAIN);
    const count = (answer: Element): number | undefined => {
      return answer.getChild('query')?.getChildElements().length;
    };
    expect(services.getChild('query')?.getChildElements().map(String)).toEqual([
      `<item jid="pubsub.${DOMAIN}"/>`,
    ]);
    expect([count(forUsers), count(forAdmin)]).toEqual([0, 9]);
  });

  it('keeps a vCard that all may read and its owner may write', async () => {
    const vcard = "<vCard xmlns='vcard-temp'><FN>Alice</FN></vCard>";
    await alice.request('set', vcard);
    const read = await bob.request('get', "<vCard xmlns='vcard-temp'/>", ALICE);
    expect(read.getChild('vCard')?.toString()).toBe(
      '<vCard xmlns="vcard-temp"><FN>Alice</FN></vCard>',
    );
    expect(condition(await bob.request('set', vcard, ALICE))).toBe('forbidden');
  });

  it('keeps private XML by its namespace', async () => {
    const preferences = (content: string): string => {
      return `<query xmlns='jabber:iq:private'>${content}</query>`;
    };
    await alice.request('set', preferences("<p xmlns='archipel:preferences'>yes</p>"));
    const kept = await alice.request('get', preferences("<p xmlns='archipel:preferences'/>"));
    const other = await alice.request('get', preferences("<p xmlns='other'/>"));
    expect(
      [kept, other].map((answer) => answer.getChild('query')?.getChildElements()[0]?.toString()),
    ).toEqual(['<p xmlns="archipel:preferences">yes</p>', '<p xmlns="other"/>']);
  });

  it('changes the password of one who asks', async () => {
    const client = await RawClient.bound(server, 'bob', 'password');
    const query = (password: string): string => {
      const fields = `<username>bob</username><password>${password}</password>`;
      return `<query xmlns='jabber:iq:register'>${fields}</query>`;
    };
    await client.request('set', query('new'), DOMAIN);
    const again = RawClient.inMemory(server);
    await again.open();
    expect((await again.plain('bob', 'bob-password')).name).toBe('failure');
    expect((await again.plain('bob', 'new')).name).toBe('success');
    await client.request('set', query('bob-password'), DOMAIN);
  });
});
