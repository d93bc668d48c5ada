import type { Duplex } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startCentralAgent, type CentralAgent } from '../../../agent/central-agent.ts';
import { entitySessions } from '../../../agent/connect.ts';
import { logSink } from '../../../agent/log/log-sink.ts';
import { MemoryStore } from '../../../agent/store/agent-store.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import { xmppUsers } from '../../../core/protocol/xmpp-users.ts';
import { startServer, type EmbeddedServer } from '../../../demo/server/server.ts';
import { eventsNode } from '../../../core/protocol/pubsub-nodes.ts';
import { readPushes } from '../../../core/protocol/push.ts';
import { el } from '../../../core/xml/element.ts';
import { Pubsub } from '../../../node/xmpp/pubsub.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { ADMIN, DOMAIN, TestAgent, testConfiguration } from './test-agent.ts';

const CENTRAL = `centralagent@${DOMAIN}` as BareJid;
const CENTRAL_FULL = `${CENTRAL}/tower`;
const ATOLL = `atoll@${DOMAIN}/atoll`;
const CONFIGURATION = [
  'xmppserver = True',
  '[XMPPSERVER]',
  `central_agent = ${CENTRAL_FULL}`,
  '[CENTRALAGENT]',
  'central_agent_xmpp_password = central password',
  `central_agent_hypervisors = atoll@${DOMAIN}`,
].join('\n');

let server: EmbeddedServer;
let central: CentralAgent;
let test: TestAgent;
let admin: XmppSession;
let guest: XmppSession;

async function startCentral(on: EmbeddedServer): Promise<CentralAgent> {
  const transport = { isSecure: true, open: async (): Promise<Duplex> => on.connect() };
  return expectOk(
    await startCentralAgent({
      configuration: testConfiguration(CONFIGURATION),
      hostname: 'tower',
      store: new MemoryStore(),
      sessions: entitySessions({ transport }),
      log: logSink('debug', () => undefined),
      now: () => new Date(),
    }),
  );
}

beforeAll(async () => {
  server = await startServer({ domain: DOMAIN, admins: [ADMIN, CENTRAL], version: 'test' });
  for (const name of ['dave', 'erin']) server.domain.accounts.register(name, 'a password');
  central = await startCentral(server);
  test = await TestAgent.start({ server, configuration: testConfiguration(CONFIGURATION) });
  admin = await test.session('admin');
  guest = await test.session('guest');
  await vi.waitUntil(() => central.entity.isOnline && test.isOnline(ATOLL), { timeout: 10_000 });
});

afterAll(async () => {
  await central.stop();
  await test.stop();
});

function accounts(): readonly string[] {
  return server.domain.accounts.list().map((jid) => jid.split('@')[0] ?? '');
}

describe.each([
  ['the central agent', CENTRAL_FULL],
  ['a hypervisor, which asks the central agent,', ATOLL],
])('%s', (_who, to) => {
  it('lists, counts and finds the users of the server', async () => {
    const listed = await askEntity(admin, to, xmppUsers.list, { page: 0, humansOnly: false });
    expect(expectOk(listed)).toEqual([
      { jid: ADMIN, type: 'user' },
      { jid: `atoll@${DOMAIN}`, type: 'hypervisor' },
      { jid: CENTRAL, type: 'user' },
      { jid: `dave@${DOMAIN}`, type: 'user' },
      { jid: `erin@${DOMAIN}`, type: 'user' },
      { jid: `guest@${DOMAIN}`, type: 'user' },
    ]);
    const counted = await askEntity(admin, to, xmppUsers.number, { humansOnly: true });
    expect(expectOk(counted)).toEqual({ total: 5 });
    const found = await askEntity(admin, to, xmppUsers.filter, { text: 'ERI' });
    expect(expectOk(found)).toEqual([{ jid: `erin@${DOMAIN}`, type: 'user' }]);
  });

  it('tells them only to those who have the permission on it', async () => {
    const listed = await askEntity(guest, to, xmppUsers.list, { page: 0 });
    expect(expectErr(listed)).toMatchObject({ code: 'permission-denied' });
  });
});

describe('the central agent', () => {
  it('registers, gives new passwords and unregisters, and pushes each', async () => {
    expectOk(await admin.send(el('presence')));
    const pubsub = new Pubsub(admin, `pubsub.${DOMAIN}`);
    expectOk(await pubsub.subscribe(eventsNode(CENTRAL)));
    const pushed: string[] = [];
    const stop = admin.on('message', (message) => {
      for (const one of readPushes(message)) if (one.ok) pushed.push(one.value.change);
    });
    const jid = `frank@${DOMAIN}` as BareJid;
    const user = { jid, password: 'five letters' };
    expectOk(await askEntity(admin, CENTRAL_FULL, xmppUsers.register, { users: [user] }));
    expect(server.domain.accounts.isPassword(jid, 'five letters')).toBe(true);
    const other = { jid, password: 'six letters' };
    expectOk(await askEntity(admin, CENTRAL_FULL, xmppUsers.changepassword, { users: [other] }));
    expect(server.domain.accounts.isPassword(jid, 'six letters')).toBe(true);
    expectOk(await askEntity(admin, CENTRAL_FULL, xmppUsers.unregister, { users: [{ jid }] }));
    expect(accounts()).not.toContain('frank');
    await vi.waitUntil(() => pushed.length === 3, { timeout: 10_000 });
    expect(pushed).toEqual(['registered', 'passwordchanged', 'unregistered']);
    stop();
  });

  it('says what the server refused, and does not remove itself', async () => {
    const user = { jid: `dave@${DOMAIN}` as BareJid, password: 'again' };
    const again = await askEntity(admin, CENTRAL_FULL, xmppUsers.register, { users: [user] });
    expect(expectErr(again)).toMatchObject({
      code: 'user-register-failed',
      text: expect.stringContaining('conflict') as string,
    });
    const gone = { users: [{ jid: CENTRAL }] };
    const refused = await askEntity(admin, CENTRAL_FULL, xmppUsers.unregister, gone);
    expect(expectErr(refused).code).toBe('user-unregister-failed');
    expect(accounts()).toContain('centralagent');
  });

  it('is not ordered about by who lacks the permission', async () => {
    const users = [{ jid: `dave@${DOMAIN}` as BareJid }];
    const refused = await askEntity(guest, CENTRAL_FULL, xmppUsers.unregister, { users });
    expect(expectErr(refused)).toMatchObject({ code: 'permission-denied' });
    expect(accounts()).toContain('dave');
  });
});

it('says that its account is no administrator, and what helps', async () => {
  const plain = await startServer({ domain: DOMAIN, admins: [ADMIN], version: 'test' });
  const powerless = await startCentral(plain);
  const other = await TestAgent.start({ server: plain });
  const asking = await other.session('admin');
  await vi.waitUntil(() => powerless.entity.isOnline, { timeout: 10_000 });
  const listed = await askEntity(asking, CENTRAL_FULL, xmppUsers.list, { page: 0 });
  expect(expectErr(listed)).toMatchObject({
    code: 'user-list-failed',
    text: expect.stringContaining('Make it one in the configuration') as string,
  });
  await powerless.stop();
  await other.stop();
});

it('a hypervisor says that its central agent is gone, or that it has none', async () => {
  await central.stop();
  const gone = await askEntity(admin, ATOLL, xmppUsers.number, {});
  expect(expectErr(gone)).toMatchObject({
    code: 'central-agent-not-found',
    text: expect.stringContaining('Start it') as string,
  });
  const alone = await TestAgent.start({ configuration: testConfiguration('xmppserver = True') });
  const asking = await alone.session('admin');
  await vi.waitUntil(() => alone.isOnline(ATOLL), { timeout: 10_000 });
  const none = await askEntity(asking, ATOLL, xmppUsers.number, {});
  expect(expectErr(none)).toMatchObject({
    code: 'central-agent-not-found',
    text: expect.stringContaining('Set central_agent') as string,
  });
  await alone.stop();
});
