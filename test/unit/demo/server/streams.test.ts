import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Element } from '@xmpp/xml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EmbeddedServer } from '../../../../demo/server/server.ts';
import { RawClient } from '../raw-client.ts';
import { DOMAIN, startTestServer } from '../servers.ts';

let server: EmbeddedServer;

beforeAll(async () => {
  server = await startTestServer({ limits: { stanzaBytes: 10_000, depth: 8 } });
});

afterAll(async () => server.stop());

function offered(features: Element): string[] {
  return features.getChildElements().map(({ name }) => name);
}

async function overTls(): Promise<RawClient> {
  const { host, port, certificate } = server;
  const socket = connectTcp(port, host);
  const client = new RawClient(socket, DOMAIN);
  await client.open();
  client.send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
  await client.next(({ name }) => name === 'proceed');
  socket.removeAllListeners('data');
  client.replace(connectTls({ socket, servername: DOMAIN, ca: certificate.authorityPem }));
  return client;
}

async function streamErrorAfter(text: string): Promise<string> {
  const client = RawClient.inMemory(server);
  await client.open();
  client.send(text);
  const error = await client.next(({ name }) => name === 'stream:error');
  await client.closed();
  return error.getChildElements()[0]?.name ?? '';
}

describe('the stream', () => {
  it('offers nothing but TLS before TLS', async () => {
    const client = new RawClient(connectTcp(server.port, server.host), DOMAIN);
    const features = await client.open();
    expect(features.toString()).toBe(
      '<stream:features><starttls xmlns="urn:ietf:params:xml:ns:xmpp-tls"><required/></starttls></stream:features>',
    );
    client.duplex.destroy();
  });

  it('refuses a login that comes before TLS', async () => {
    const client = new RawClient(connectTcp(server.port, server.host), DOMAIN);
    await client.open();
    client.send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>AGEAYg==</auth>");
    const error = await client.next(({ name }) => name === 'stream:error');
    expect(error.getChildElements().map(({ name }) => name)).toEqual(['policy-violation']);
  });

  it('offers login and registration once TLS is there, and the rest after the login', async () => {
    const client = await overTls();
    const before = await client.open();
    expect(
      before
        .getChild('mechanisms')
        ?.getChildren('mechanism')
        .map((one) => one.text()),
    ).toEqual(['SCRAM-SHA-256', 'SCRAM-SHA-1', 'PLAIN']);
    await client.plain('alice', 'alice-password');
    expect(offered(await client.open())).toEqual(['bind', 'session', 'sm', 'ver']);
    client.duplex.destroy();
  });

  it('speaks TLS from the first byte on its other port, under the fingerprint it names', async () => {
    const { host, tlsPort, certificate } = server;
    const ca = certificate.authorityPem;
    const socket = connectTls({ host, port: tlsPort, servername: DOMAIN, ca });
    const client = new RawClient(socket, DOMAIN);
    expect(offered(await client.open())).toEqual(['mechanisms', 'register']);
    expect(socket.authorized).toBe(true);
    expect(socket.getPeerCertificate().fingerprint256).toBe(certificate.fingerprint);
    socket.destroy();
  });

  it('ends a stream that is for another host', async () => {
    const client = new RawClient(server.connect(), 'elsewhere.test');
    client.open().catch(() => undefined);
    const error = await client.next(({ name }) => name === 'stream:error');
    expect(error.getChildElements()[0]?.name).toBe('host-unknown');
  });

  it.each([
    ['an end that fits no start', '<a></b>', 'not-well-formed'],
    ['a reference that nobody defined', '<a>&nope;</a>', 'not-well-formed'],
    ['a DTD', '<!DOCTYPE a>', 'restricted-xml'],
    ['a comment', '<message><!-- a --></message>', 'restricted-xml'],
    ['a processing instruction', '<?php?>', 'restricted-xml'],
    ['too many levels', '<a>'.repeat(9), 'policy-violation'],
    ['an endless stanza', `<a>${'x'.repeat(11_000)}`, 'policy-violation'],
  ])('ends at %s', async (_what, text, condition) => {
    expect(await streamErrorAfter(text)).toBe(condition);
  });

  it('takes character data sections and white space between stanzas', async () => {
    const client = await RawClient.bound(server, 'alice', 'cdata');
    client.send(' \n ');
    client.send(`<message to='${client.jid}'><body><![CDATA[<!-- a <b> -->]]></body></message>`);
    const message = await client.next(({ name }) => name === 'message');
    expect(message.getChildText('body')).toBe('<!-- a <b> -->');
  });

  it('keeps characters whole whose bytes come in two pieces', async () => {
    const client = await RawClient.bound(server, 'alice', 'pieces');
    const bytes = Buffer.from(`<message to='${client.jid}'><body>é€😀</body></message>`);
    for (const byte of bytes) client.duplex.write(Buffer.from([byte]));
    const message = await client.next(({ name }) => name === 'message');
    expect(message.getChildText('body')).toBe('é€😀');
  });
});

function scram(hash: string, password: string, clientFirst: string, serverFirst: string) {
  const parts = new Map(serverFirst.split(',').map((part) => [part[0], part.slice(2)]));
  const salt = Buffer.from(parts.get('s') ?? '', 'base64');
  const length = createHash(hash).digest().length;
  const salted = pbkdf2Sync(password, salt, Number(parts.get('i')), length, hash);
  const clientKey = createHmac(hash, salted).update('Client Key').digest();
  const storedKey = createHash(hash).update(clientKey).digest();
  const withoutProof = `c=biws,r=${parts.get('r') ?? ''}`;
  const signed = `${clientFirst},${serverFirst},${withoutProof}`;
  const signature = createHmac(hash, storedKey).update(signed).digest();
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ signature[index]!));
  const serverKey = createHmac(hash, salted).update('Server Key').digest();
  const verifier = createHmac(hash, serverKey).update(signed).digest('base64');
  return { final: `${withoutProof},p=${proof.toString('base64')}`, verifier: `v=${verifier}` };
}

async function scramLogin(mechanism: string, hash: string, password: string) {
  const client = RawClient.inMemory(server);
  await client.open();
  const first = 'n=alice,r=abc';
  const encoded = Buffer.from(`n,,${first}`).toString('base64');
  const xmlns = 'urn:ietf:params:xml:ns:xmpp-sasl';
  client.send(`<auth xmlns='${xmlns}' mechanism='${mechanism}'>${encoded}</auth>`);
  const challenge = await client.next(({ name }) => name === 'challenge');
  const serverFirst = Buffer.from(challenge.text(), 'base64').toString();
  const { final, verifier } = scram(hash, password, first, serverFirst);
  client.send(`<response xmlns='${xmlns}'>${Buffer.from(final).toString('base64')}</response>`);
  const outcome = await client.next(({ name }) => name === 'success' || name === 'failure');
  return { outcome, verifier: Buffer.from(verifier).toString('base64') };
}

describe('the login', () => {
  it.each([
    ['SCRAM-SHA-256', 'sha256'],
    ['SCRAM-SHA-1', 'sha1'],
  ])('proves with %s that it knows the password too', async (mechanism, hash) => {
    const { outcome, verifier } = await scramLogin(mechanism, hash, 'alice-password');
    expect([outcome.name, outcome.text()]).toEqual(['success', verifier]);
  });

  it('refuses a wrong password', async () => {
    const { outcome } = await scramLogin('SCRAM-SHA-256', 'sha256', 'wrong');
    expect(outcome.getChildElements().map(({ name }) => name)).toEqual(['not-authorized']);
  });

  it('refuses an unknown user, an unknown mechanism and what is no base64', async () => {
    const client = RawClient.inMemory(server);
    await client.open();
    const conditions = [(await client.plain('nobody', 'x')).getChildElements()[0]?.name];
    for (const [mechanism, data] of [
      ['X-NONE', 'AA=='],
      ['PLAIN', '***'],
    ]) {
      const xmlns = 'urn:ietf:params:xml:ns:xmpp-sasl';
      client.send(`<auth xmlns='${xmlns}' mechanism='${mechanism!}'>${data!}</auth>`);
      const failure = await client.next(({ name }) => name === 'failure');
      conditions.push(failure.getChildElements()[0]?.name);
    }
    expect(conditions).toEqual(['not-authorized', 'invalid-mechanism', 'incorrect-encoding']);
  });

  it('ends the stream after five wrong passwords', async () => {
    const client = RawClient.inMemory(server);
    await client.open();
    for (let attempt = 0; attempt < 5; attempt += 1) await client.plain('alice', 'wrong');
    const error = await client.next(({ name }) => name === 'stream:error');
    expect(error.getChildElements()[0]?.name).toBe('policy-violation');
  });

  it('gives a resource to the newest session that asks for it', async () => {
    const first = await RawClient.bound(server, 'alice', 'same');
    const second = await RawClient.bound(server, 'alice', 'same');
    const error = await first.next(({ name }) => name === 'stream:error');
    expect(error.getChildElements()[0]?.name).toBe('conflict');
    expect(second.jid).toBe(`alice@${DOMAIN}/same`);
    expect(await second.settled()).toEqual([]);
  });

  it('registers an account before login, once', async () => {
    const client = RawClient.inMemory(server);
    await client.open();
    const query =
      "<query xmlns='jabber:iq:register'><username>Vm-1</username><password>p</password></query>";
    expect((await client.request('set', query)).attrs['type']).toBe('result');
    const again = await client.request('set', query);
    expect(again.getChild('error')?.getChildElements()[0]?.name).toBe('conflict');
    expect((await client.plain('vm-1', 'p')).name).toBe('success');
  });
});
