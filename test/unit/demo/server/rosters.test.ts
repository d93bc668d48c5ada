import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddedServer } from '../../../../demo/server/server.ts';
import { RawClient } from '../raw-client.ts';
import { DOMAIN, jid, startTestServer } from '../servers.ts';

const ALICE = `alice@${DOMAIN}`;
const BOB = `bob@${DOMAIN}`;
const ROSTER = "<query xmlns='jabber:iq:roster'/>";

let server: EmbeddedServer;

beforeEach(async () => {
  server = await startTestServer();
});

afterEach(async () => server.stop());

async function roster(client: RawClient): Promise<string[]> {
  const answer = await client.request('get', ROSTER);
  return answer.getChild('query')?.getChildElements().map(String) ?? [];
}

/** What came, with pushes shortened to their item and identities that differ by run removed. */
async function news(client: RawClient): Promise<string[]> {
  const all = await client.settled();
  return all.map((text) => /<item.*(?:<\/item>|\/>)(?=<\/query>)/.exec(text)?.[0] ?? text);
}

describe('the roster', () => {
  it('pushes what its owner sets to the resources that asked for it, and to no other', async () => {
    const desk = await RawClient.online(server, 'alice', 'desk');
    const quiet = await RawClient.bound(server, 'alice', 'quiet');
    await quiet.settled();
    const item = `<item jid='${BOB}' name='Bob'><group>Friends</group></item>`;
    await desk.request('set', `<query xmlns='jabber:iq:roster'>${item}</query>`);
    expect(await news(desk)).toEqual([
      `<item jid="${BOB}" name="Bob" subscription="none"><group>Friends</group></item>`,
    ]);
    expect(await quiet.settled()).toEqual([]);
  });

  it('is not sent again to one who has its version', async () => {
    const client = await RawClient.bound(server, 'alice', 'desk');
    const first = await client.request('get', ROSTER);
    const version = String(first.getChild('query')?.attrs['ver']);
    const again = await client.request('get', `<query xmlns='jabber:iq:roster' ver='${version}'/>`);
    expect(again.getChildElements()).toEqual([]);
  });

  it('has the same version after a restart where it is the same, and another where it is not', async () => {
    const versionWith = async (...names: readonly string[]): Promise<unknown> => {
      const other = await startTestServer();
      const client = await RawClient.bound(other, 'alice', 'desk');
      for (const name of names) {
        const item = `<item jid='${name}@archipel.test' name='${name}'/>`;
        await client.request('set', `<query xmlns='jabber:iq:roster'>${item}</query>`);
      }
      const answer = await client.request('get', ROSTER);
      await other.stop();
      return answer.getChild('query')?.attrs['ver'];
    };
    const [first, again, more, fewer] = [
      await versionWith('bob', 'carol'),
      await versionWith('carol', 'bob'),
      await versionWith('bob', 'carol', 'dave'),
      await versionWith('bob'),
    ];
    expect([again === first, new Set([first, more, fewer]).size]).toEqual([true, 3]);
  });

  it('refuses what is no single valid contact', async () => {
    const client = await RawClient.bound(server, 'alice', 'desk');
    const items = [
      '',
      "<item jid='@@'/>",
      `<item jid='${BOB}'><group/></item>`,
      `<item jid='${BOB}' subscription='remove'/>`,
      `<item jid='${BOB}'/><item jid='c@d'/>`,
    ];
    const conditions: unknown[] = [];
    for (const item of items) {
      const answer = await client.request('set', `<query xmlns='jabber:iq:roster'>${item}</query>`);
      conditions.push(answer.getChild('error')?.getChildElements()[0]?.name);
    }
    expect(conditions).toEqual([
      'bad-request',
      'bad-request',
      'not-acceptable',
      'item-not-found',
      'bad-request',
    ]);
  });

  it('belongs to its owner alone', async () => {
    const client = await RawClient.bound(server, 'alice', 'desk');
    const answer = await client.request('get', ROSTER, BOB);
    expect(answer.getChild('error')?.getChildElements()[0]?.name).toBe('forbidden');
  });
});

describe('a subscription', () => {
  it('goes from the request to presence seen, both rosters following', async () => {
    const alice = await RawClient.online(server, 'alice', 'desk');
    const bob = await RawClient.online(server, 'bob', 'desk');
    alice.send(`<presence type='subscribe' to='${BOB}'/>`);
    expect(await news(alice)).toEqual([`<item jid="${BOB}" subscription="none" ask="subscribe"/>`]);
    expect(await news(bob)).toEqual([`<presence type="subscribe" to="${BOB}" from="${ALICE}"/>`]);
    bob.send(`<presence type='subscribed' to='${ALICE}'/>`);
    expect(await news(bob)).toEqual([`<item jid="${ALICE}" subscription="from"/>`]);
    expect(await news(alice)).toEqual([
      `<item jid="${BOB}" subscription="to"/>`,
      `<presence type="subscribed" to="${ALICE}" from="${BOB}"/>`,
      `<presence to="${ALICE}/desk" from="${BOB}/desk"/>`,
    ]);
  });

  it('waits for a contact who is away', async () => {
    const alice = await RawClient.online(server, 'alice', 'desk');
    alice.send(`<presence type='subscribe' to='${BOB}'><nick>web-01</nick></presence>`);
    await alice.settled();
    const bob = await RawClient.online(server, 'bob', 'desk');
    expect(await bob.settled()).toEqual([
      `<presence type="subscribe" to="${BOB}" from="${ALICE}"><nick>web-01</nick></presence>`,
    ]);
    expect(await roster(bob)).toEqual([]);
  });

  it('that was agreed before is answered by the server, which asks nobody again', async () => {
    const { alice, bob } = await friends();
    alice.send(`<presence type='unsubscribe' to='${BOB}'/>`);
    await alice.settled();
    await bob.settled();
    bob.send(`<presence type='subscribe' to='${ALICE}'/>`);
    expect(await bob.settled()).toEqual([`<presence to="${BOB}/desk" from="${ALICE}/desk"/>`]);
    expect(await alice.settled()).toEqual([]);
    expect(await roster(alice)).toEqual([`<item jid="${BOB}" subscription="from"/>`]);
    expect(await roster(bob)).toEqual([`<item jid="${ALICE}" subscription="to"/>`]);
  });

  it('ends on both sides when the contact is removed', async () => {
    const { alice, bob } = await friends();
    const item = `<item jid='${BOB}' subscription='remove'/>`;
    await alice.request('set', `<query xmlns='jabber:iq:roster'>${item}</query>`);
    expect(await news(bob)).toEqual([
      `<item jid="${ALICE}" subscription="to"/>`,
      `<presence type="unsubscribe" from="${ALICE}" to="${BOB}"/>`,
      `<item jid="${ALICE}" subscription="none"/>`,
      `<presence type="unsubscribed" from="${ALICE}" to="${BOB}"/>`,
      `<presence to="${BOB}/desk" type="unavailable" from="${ALICE}/desk"/>`,
    ]);
    expect(await roster(alice)).toEqual([]);
  });

  async function friends(): Promise<{ alice: RawClient; bob: RawClient }> {
    const alice = await RawClient.online(server, 'alice', 'desk');
    const bob = await RawClient.online(server, 'bob', 'desk');
    alice.send(`<presence type='subscribe' to='${BOB}'/>`);
    await alice.settled();
    bob.send(`<presence type='subscribed' to='${ALICE}'/>`);
    bob.send(`<presence type='subscribe' to='${ALICE}'/>`);
    await bob.settled();
    alice.send(`<presence type='subscribed' to='${BOB}'/>`);
    await alice.settled();
    await bob.settled();
    return { alice, bob };
  }
});

describe('presence', () => {
  it('shows a resource to its contacts until its connection is gone', async () => {
    server.domain.defineGroup('users', 'Users', ['users']);
    for (const name of [ALICE, BOB]) server.domain.addToGroup('users', jid(name));
    const alice = await RawClient.online(server, 'alice', 'desk');
    const bob = await RawClient.online(server, 'bob', 'desk');
    expect(await bob.settled()).toEqual([`<presence to="${BOB}/desk" from="${ALICE}/desk"/>`]);
    alice.send('<presence><show>away</show><status>Paused</status></presence>');
    const away = '<show>away</show><status>Paused</status>';
    await alice.next((stanza) => stanza.getChildText('show') === 'away');
    expect(await bob.settled()).toEqual([
      `<presence to="${BOB}/desk" from="${ALICE}/desk">${away}</presence>`,
    ]);
    alice.duplex.destroy();
    const last = await bob.next((stanza) => stanza.attrs['type'] === 'unavailable');
    expect(last.attrs['from']).toBe(`${ALICE}/desk`);
  });

  it('comes back to the resource that sent it, with its identifier', async () => {
    const alice = await RawClient.bound(server, 'alice', 'desk');
    alice.send("<presence id='p1'/>");
    expect(await alice.settled()).toEqual([
      `<presence to="${ALICE}/desk" id="p1" from="${ALICE}/desk"/>`,
    ]);
  });

  it('reaches a stranger when directed, and so does the end of it', async () => {
    const alice = await RawClient.online(server, 'alice', 'desk');
    const bob = await RawClient.online(server, 'bob', 'desk');
    alice.send(`<presence to='${BOB}/desk'><status>here</status></presence>`);
    await alice.settled();
    alice.send('</stream:stream>');
    await alice.closed();
    expect(await bob.settled()).toEqual([
      `<presence to="${BOB}/desk" from="${ALICE}/desk"><status>here</status></presence>`,
      `<presence to="${BOB}/desk" type="unavailable" from="${ALICE}/desk"/>`,
    ]);
  });
});

describe('a shared group', () => {
  it('shows each member to those whose groups display it, without any subscription', async () => {
    const { domain } = server;
    domain.defineGroup('people', 'People', ['machines']);
    domain.defineGroup('machines', 'Paris', ['people']);
    domain.addToGroup('people', jid(ALICE));
    domain.addToGroup('machines', jid(BOB), 'web-01');
    const alice = await RawClient.online(server, 'alice', 'desk');
    expect(await roster(alice)).toEqual([
      `<item jid="${BOB}" name="web-01" subscription="both"><group>Paris</group></item>`,
    ]);
    await RawClient.online(server, 'bob', 'desk');
    expect(await alice.settled()).toEqual([`<presence to="${ALICE}/desk" from="${BOB}/desk"/>`]);
  });

  it('tells those who are online of a new member, and of one who is gone', async () => {
    const { domain } = server;
    domain.defineGroup('all', 'All', ['all']);
    domain.addToGroup('all', jid(ALICE));
    const alice = await RawClient.online(server, 'alice', 'desk');
    const bob = await RawClient.online(server, 'bob', 'desk');
    domain.addToGroup('all', jid(BOB), 'Bob');
    expect(await news(alice)).toEqual([
      `<item jid="${BOB}" name="Bob" subscription="both"><group>All</group></item>`,
      `<presence to="${ALICE}/desk" from="${BOB}/desk"/>`,
    ]);
    await bob.request('set', "<query xmlns='jabber:iq:register'><remove/></query>");
    await bob.closed();
    expect(await news(alice)).toEqual([
      `<presence to="${ALICE}/desk" type="unavailable" from="${BOB}/desk"/>`,
      `<item jid="${BOB}" subscription="remove"/>`,
    ]);
    expect(domain.accounts.has(jid(BOB))).toBe(false);
  });
});
