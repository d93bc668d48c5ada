import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCentralAgent, type CentralAgent } from '../../../agent/central-agent.ts';
import { readConfiguration } from '../../../agent/configuration/configuration.ts';
import { Ini } from '../../../agent/configuration/ini.ts';
import { entitySessions } from '../../../agent/connect.ts';
import { logSink } from '../../../agent/log/log-sink.ts';
import { MemoryStore } from '../../../agent/store/agent-store.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import type { Action } from '../../../core/protocol/define-action.ts';
import type { ProtocolError } from '../../../core/protocol/error-stanza.ts';
import { xmppUsers } from '../../../core/protocol/xmpp-users.ts';
import type { Result } from '../../../core/lib/result.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import type { XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { Visitors } from '../xmpp/visitors.ts';

const RESOURCE = 'tower';

/** A central agent whose account administers the server; the first of the users rules it. */
async function startOn(server: XmppServerDescription): Promise<CentralAgent> {
  const ini = new Ini(RESOURCE);
  const text = [
    '[DEFAULT]',
    `xmpp_server = ${server.domain}`,
    '[GLOBAL]',
    `archipel_root_admins = ${server.users[0]?.jid ?? ''}`,
    '[HYPERVISOR]',
    'hypervisor_xmpp_password = hypervisor password',
    '[CENTRALAGENT]',
    `central_agent_xmpp_jid = ${server.admin.jid}`,
    `central_agent_xmpp_password = ${server.admin.password}`,
    '',
  ];
  expectOk(ini.add('central.conf', text.join('\n')));
  const { host, port, ca } = server;
  const started = await startCentralAgent({
    configuration: expectOk(readConfiguration(ini)),
    hostname: RESOURCE,
    store: new MemoryStore(),
    sessions: entitySessions({ endpoint: { host, port }, tls: { ca } }),
    log: logSink('debug', () => undefined),
    now: () => new Date(),
  });
  return expectOk(started);
}

/** What a central agent does with the accounts of an XMPP server; what is asked goes over the wire. */
export function userCases(server: () => XmppServerDescription): void {
  const visitors = new Visitors(server);
  let central: CentralAgent;
  let ask: <Request, Reply>(
    action: Action<Request, Reply>,
    request: Request,
  ) => Promise<Result<Reply, ProtocolError>>;

  beforeAll(async () => {
    central = await startOn(server());
    await waitFor('the central agent to be online', 10_000, () => central.entity.isOnline);
  });

  afterAll(async () => {
    await central.stop();
  });

  async function comeIn(): Promise<void> {
    const session = await visitors.online(server().users[0]!);
    ask = (action, request) =>
      askEntity(session, `${server().admin.jid}/${RESOURCE}`, action, request);
  }

  const named = (name: string): BareJid => `${name}@${server().domain}` as BareJid;
  const canLogIn = async (jid: string, password: string): Promise<boolean> => {
    const session = visitors.make({ jid, password });
    return (await session.connect()).ok;
  };

  it('lists, counts and finds the accounts', async () => {
    await comeIn();
    const { admin, users } = server();
    const all = [admin, ...users].map(({ jid }) => ({ jid, type: 'user' }));
    const listed = expectOk(await ask(xmppUsers.list, { page: 0, humansOnly: true }));
    expect(listed).toEqual(all.sort((one, other) => (one.jid < other.jid ? -1 : 1)));
    expect(expectOk(await ask(xmppUsers.list, { page: 1 }))).toEqual([]);
    expect(expectOk(await ask(xmppUsers.number, {}))).toEqual({ total: all.length });
    const found = await ask(xmppUsers.filter, { text: 'ARO' });
    expect(expectOk(found)).toEqual([{ jid: named('carol'), type: 'user' }]);
  });

  it('makes an account, gives it another password and removes it', async () => {
    await comeIn();
    const jid = named('frank');
    const filtered = async () => expectOk(await ask(xmppUsers.filter, { text: 'frank' })).length;
    expectOk(await ask(xmppUsers.register, { users: [{ jid, password: 'five letters' }] }));
    expect([await canLogIn(jid, 'five letters'), await filtered()]).toEqual([true, 1]);
    expectOk(await ask(xmppUsers.changepassword, { users: [{ jid, password: 'six letters' }] }));
    expect([await canLogIn(jid, 'five letters'), await canLogIn(jid, 'six letters')]).toEqual([
      false,
      true,
    ]);
    expectOk(await ask(xmppUsers.unregister, { users: [{ jid }] }));
    expect([await canLogIn(jid, 'six letters'), await filtered()]).toEqual([false, 0]);
  });

  it('says of each that the server refuses it', async () => {
    await comeIn();
    const [taken, gone] = [server().users[1]!.jid as BareJid, named('nobody')];
    const password = 'another password';
    const refusals = [
      await ask(xmppUsers.register, { users: [{ jid: taken, password }] }),
      await ask(xmppUsers.changepassword, { users: [{ jid: gone, password }] }),
      await ask(xmppUsers.unregister, { users: [{ jid: gone }] }),
    ].map(expectErr);
    expect(refusals.map(({ code }) => code)).toEqual([
      'user-register-failed',
      'user-changepassword-failed',
      'user-unregister-failed',
    ]);
    expect(await canLogIn(taken, server().users[1]!.password)).toBe(true);
  });
}
