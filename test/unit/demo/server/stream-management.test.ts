import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddedServer } from '../../../../demo/server/server.ts';
import { StreamManagement } from '../../../../demo/server/stream-management.ts';
import { RawClient } from '../raw-client.ts';
import { DOMAIN, startTestServer } from '../servers.ts';

const XMLNS = 'urn:xmpp:sm:3';

let server: EmbeddedServer;

beforeEach(async () => {
  server = await startTestServer();
});

afterEach(async () => server.stop());

async function managed(): Promise<{ client: RawClient; id: string }> {
  const client = await RawClient.online(server, 'alice', 'desk');
  client.send(`<enable xmlns='${XMLNS}' resume='true'/>`);
  const enabled = await client.next(({ name }) => name === 'enabled');
  return { client, id: String(enabled.attrs['id']) };
}

async function resume(id: string, h: number, node = 'alice') {
  const client = RawClient.inMemory(server);
  await client.logIn(node, `${node}-password`);
  client.send(`<resume xmlns='${XMLNS}' previd='${id}' h='${h}'/>`);
  const answer = await client.next(({ name }) => name === 'resumed' || name === 'failed');
  return { client, answer };
}

function message(text: string): string {
  return `<message to='alice@${DOMAIN}/desk' type='chat'><body>${text}</body></message>`;
}

describe('a managed stream', () => {
  it('counts the stanzas that came and says so when asked', async () => {
    const { client } = await managed();
    client.send(`<presence/><message to='alice@${DOMAIN}'/><r xmlns='${XMLNS}'/>`);
    const answer = await client.next(({ name }) => name === 'a');
    expect(answer.attrs['h']).toBe('2');
  });

  it('stays present without a link, and brings what was missed to the one who comes back', async () => {
    const { client, id } = await managed();
    const bob = await RawClient.online(server, 'bob', 'desk');
    bob.send(message('first'));
    await client.next(({ name }) => name === 'message');
    client.duplex.destroy();
    bob.send(message('second'));
    expect(await bob.settled()).toEqual([]);
    const { client: back, answer } = await resume(id, 1);
    expect(answer.toString()).toBe(`<resumed xmlns="${XMLNS}" previd="${id}" h="0"/>`);
    const heard = await back.next(({ name }) => name === 'message');
    expect(heard.getChildText('body')).toBe('second');
    back.send(`<iq type='get' id='p' to='${DOMAIN}'><ping xmlns='urn:xmpp:ping'/></iq>`);
    await back.next((stanza) => stanza.attrs['id'] === 'p');
  });

  it('cannot be resumed by another account, nor by a name nobody was given', async () => {
    const { id } = await managed();
    const outcomes = [await resume(id, 0, 'bob'), await resume('unknown', 0)];
    expect(outcomes.map(({ answer }) => String(answer))).toEqual(
      Array(2).fill(
        `<failed xmlns="${XMLNS}"><item-not-found xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></failed>`,
      ),
    );
  });

  it('ends for good when its client says goodbye', async () => {
    const { client, id } = await managed();
    client.send('</stream:stream>');
    await client.closed();
    expect((await resume(id, 0)).answer.name).toBe('failed');
  });

  it('ends when the client claims more than it was sent', async () => {
    const { client } = await managed();
    client.send(`<a xmlns='${XMLNS}' h='7'/>`);
    const error = await client.next(({ name }) => name === 'stream:error');
    expect(error.getChildElements()[0]?.name).toBe('policy-violation');
  });
});

describe('the counters', () => {
  it('forget what is acknowledged and ask again after every fifty', () => {
    const management = new StreamManagement(true);
    const asked = Array.from({ length: 120 }, (_, index) => management.keep(String(index)));
    expect(asked.flatMap((shouldAsk, index) => (shouldAsk ? [index] : []))).toEqual([49, 99]);
    expect([management.acknowledge('118'), management.unacknowledged]).toEqual([
      true,
      ['118', '119'],
    ]);
    expect([management.acknowledge('121'), management.acknowledge('x')]).toEqual([false, false]);
  });
});
