import type { Element } from '@xmpp/xml';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultEffect } from '../../../../demo/server/faults.ts';
import type { EmbeddedServer } from '../../../../demo/server/server.ts';
import { RawClient } from '../raw-client.ts';
import { DOMAIN, startTestServer } from '../servers.ts';

const BOB = `bob@${DOMAIN}/desk`;
const QUERY = "<query xmlns='archipel:vm:control'><archipel action='create'/></query>";

let server: EmbeddedServer;
let alice: RawClient;
let bob: RawClient;

beforeEach(async () => {
  server = await startTestServer({ hasFaultControl: true });
  alice = await RawClient.online(server, 'alice', 'desk');
  bob = await RawClient.online(server, 'bob', 'desk');
});

afterEach(async () => server.stop());

function arm(effect: FaultEffect): void {
  server.domain.faults.add({ match: { to: `bob@${DOMAIN}`, action: 'create' }, effect, times: 1 });
}

function ask(): void {
  alice.send(`<iq type='set' id='r' to='${BOB}'>${QUERY}</iq>`);
}

async function received(): Promise<Element> {
  return bob.next((stanza) => stanza.attrs['id'] === 'r');
}

/** Whether bob was asked, after everything alice sent has been dealt with. */
async function wasAsked(): Promise<boolean> {
  const heard = await bob.settled();
  return heard.some((text) => text.includes('id="r"'));
}

describe('the fault switch', () => {
  it.each([
    [{ kind: 'error', condition: 'internal-server-error' }, 'cancel internal-server-error'],
    [{ kind: 'not-implemented' }, 'cancel feature-not-implemented text'],
    [{ kind: 'permission-denied' }, 'cancel archipel-error-permission text'],
  ] as const)('answers in the place of the one asked with %o', async (effect, expected) => {
    arm(effect);
    ask();
    const answer = await alice.next((stanza) => stanza.attrs['id'] === 'r');
    const error = answer.getChild('error');
    const names = error?.getChildElements().map(({ name }) => name) ?? [];
    expect([String(error?.attrs['type']), ...names].join(' ')).toBe(expected);
    expect([answer.attrs['from'], await wasAsked()]).toEqual([BOB, false]);
  });

  it('is over after the number of times it was given', async () => {
    arm({ kind: 'drop' });
    ask();
    await alice.settled();
    expect(await wasAsked()).toBe(false);
    ask();
    expect((await received()).attrs['type']).toBe('set');
  });

  it('lets an answer come late', async () => {
    arm({ kind: 'late', ms: 20 });
    ask();
    await alice.settled();
    expect(await wasAsked()).toBe(false);
    expect((await received()).attrs['type']).toBe('set');
  });

  it('cuts the link before the request arrives', async () => {
    arm({ kind: 'cut-before-delivery' });
    ask();
    await alice.closed();
    expect(await wasAsked()).toBe(false);
  });

  it('cuts the link after the request was handed on', async () => {
    arm({ kind: 'cut-after-delivery' });
    ask();
    await alice.closed();
    await received();
  });

  it('cuts the link before the server itself can answer', async () => {
    server.domain.faults.add({
      match: { namespace: 'vcard-temp' },
      effect: { kind: 'cut-after-delivery' },
    });
    alice.send("<iq type='set' id='v'><vCard xmlns='vcard-temp'><FN>Alice</FN></vCard></iq>");
    await alice.closed();
    server.domain.faults.clear();
    const kept = await bob.request('get', "<vCard xmlns='vcard-temp'/>", `alice@${DOMAIN}`);
    expect(kept.getChild('vCard')?.getChildText('FN')).toBe('Alice');
    expect(alice.text).not.toContain('id="v"');
  });

  it('cuts the link when the answer comes, which is lost', async () => {
    arm({ kind: 'cut-before-answer' });
    ask();
    await received();
    bob.send(`<iq type='result' id='r' to='alice@${DOMAIN}/desk'/>`);
    await alice.closed();
    expect(alice.text).not.toContain('id="r"');
  });

  it('answers with what is no XML', async () => {
    arm({ kind: 'malformed' });
    ask();
    await alice.heard('<query><a></query></iq>');
    expect(await wasAsked()).toBe(false);
  });

  it('gives vCards that nobody should trust', async () => {
    const match = { to: `bob@${DOMAIN}`, namespace: 'vcard-temp' };
    const { faults } = server.domain;
    faults.add({ match, effect: { kind: 'huge-avatar', bytes: 3_000_000 }, times: 1 });
    faults.add({ match, effect: { kind: 'broken-vcard' } });
    const read = async (): Promise<Element> => {
      return alice.request('get', "<vCard xmlns='vcard-temp'/>", `bob@${DOMAIN}`);
    };
    const photo = (answer: Element): Element | undefined =>
      answer.getChild('vCard')?.getChild('PHOTO');
    expect(photo(await read())?.getChildText('BINVAL')).toHaveLength(4_000_000);
    expect(photo(await read())?.getChildText('BINVAL')).toBe('@@ not base64 @@');
  });

  it('is steered over the wire by administrators, and by nobody else', async () => {
    const steer = async (client: RawClient, inner: string): Promise<string> => {
      const query = `<faults xmlns='archipel:demo:faults'>${inner}</faults>`;
      const answer = await client.request('set', query, DOMAIN);
      return answer.getChild('error')?.getChildElements()[0]?.name ?? 'result';
    };
    const admin = await RawClient.bound(server, 'admin', 'desk');
    const drop = `<fault effect='drop' to='bob@${DOMAIN}' namespace='archipel:vm:control'/>`;
    expect([
      await steer(alice, drop),
      await steer(admin, "<fault effect='explode'/>"),
      await steer(admin, "<fault effect='late'/>"),
      await steer(admin, drop),
    ]).toEqual(['forbidden', 'bad-request', 'bad-request', 'result']);
    ask();
    await alice.settled();
    expect(await wasAsked()).toBe(false);
    expect(await steer(admin, '')).toBe('result');
    ask();
    await received();
  });
});
