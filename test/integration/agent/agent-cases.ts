import { afterAll, beforeAll, expect, it } from 'vitest';
import { LibvirtHypervisor } from '../../../agent/hypervisor/libvirt/libvirt-hypervisor.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { definitionText } from '../../../core/protocol/definition-text.ts';
import { permissionActions } from '../../../core/protocol/permission-actions.ts';
import {
  ADMINS_NODE,
  ADMINS_NODE_CONFIGURATION,
  TAGS_NODE,
  TAGS_NODE_CONFIGURATION,
  eventsNode,
  logsNode,
} from '../../../core/protocol/pubsub-nodes.ts';
import { readTagItem, tags } from '../../../core/protocol/tags.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import { el } from '../../../core/xml/element.ts';
import { readAdminAccount, writeAdminAccount } from '../../../core/protocol/admin-account.ts';
import { fetchVcard } from '../../../node/xmpp/vcard.ts';
import { XmppSession } from '../../../node/xmpp/session.ts';
import { expectOk } from '../../support/expect-result.ts';
import { TestLibvirtd, waitFor } from '../../support/libvirtd.ts';
import type { XmppServerDescription } from '../../support/xmpp-daemon.ts';
import { AgentBench } from './agent-bench.ts';
import { Observer } from './observer.ts';
import { findsForeignNode } from './foreign-node-case.ts';
import { sendsItsLog } from './log-case.ts';
import { tellsOutcomes } from './outcome-case.ts';

const URI = 'test:///default';

/** An event of libvirt is to be seen as presence within this time. */
const PROMPT_MS = 1000;

const NOTHING = {
  name: undefined,
  organisation: undefined,
  unit: undefined,
  locality: undefined,
  owner: undefined,
  categories: undefined,
  domain: undefined,
};

export interface RestartableServer {
  readonly description: XmppServerDescription;
  startProcess(): Promise<void>;
  stopProcess(): Promise<void>;
}

function domainText(name: string, uuid: string): string {
  return (
    `<domain type='test'><name>${name}</name><uuid>${uuid}</uuid><memory>65536</memory>` +
    `<vcpu>1</vcpu><os><type>hvm</type></os></domain>`
  );
}

/** What an agent does on every XMPP server, on libvirt's own test driver. */
export function agentCases(
  server: () => RestartableServer,
  { letsAgentsMakeNodes }: { readonly letsAgentsMakeNodes: boolean },
): void {
  let libvirtd: TestLibvirtd;
  let bench: AgentBench;
  let admin: Observer;

  beforeAll(async () => {
    libvirtd = await TestLibvirtd.start();
    const { description } = server();
    admin = await Observer.online(description, description.admin);
    if (!letsAgentsMakeNodes) {
      expectOk(await admin.pubsub.create(TAGS_NODE, TAGS_NODE_CONFIGURATION));
      expectOk(await admin.pubsub.create(ADMINS_NODE, ADMINS_NODE_CONFIGURATION));
    }
    bench = await AgentBench.start({ server: description, libvirtd, uri: URI });
    await waitFor('the hypervisor to be online', 10_000, () => bench.isOnline(bench.jid));
    await admin.watch(bench.jid);
  });

  afterAll(async () => {
    await admin.stop();
    await bench.stop();
    await libvirtd.stop();
  });

  const allocate = async (name: string): Promise<{ jid: string; uuid: string }> => {
    const request = { ...NOTHING, name };
    const made = expectOk(await admin.ask(bench.jid, hypervisorControl.alloc, request));
    const uuid = parseJid(made.jid)!.node!;
    const jid = bench.machineJid(uuid);
    await waitFor(`${jid} to be online`, 10_000, () => bench.isOnline(jid));
    await admin.watch(jid);
    return { jid, uuid };
  };

  const define = async (jid: string, name: string): Promise<void> => {
    const text = domainText(name, parseJid(jid)!.node!);
    expectOk(await admin.ask(jid, definitionText.define, { base: undefined, text }));
  };

  it('makes, defines, runs and deletes a machine, and says each step', async () => {
    const { jid, uuid } = await allocate('islet');
    await admin.see(jid, 'Not defined');
    await admin.see(bench.jid, `Online (${bench.agent.host.machines().length})`);
    await define(jid, 'islet');
    await admin.see(jid, 'Off');
    expectOk(await admin.ask(jid, vmControl.create, {}));
    await admin.see(jid, 'Running');
    await admin.hear('virtualmachine:control created');
    expect(expectOk(await admin.ask(jid, vmControl.info, {}))).toMatchObject({
      state: 1,
      memoryKib: 65_536,
      hypervisor: bench.jid,
    });
    expectOk(await admin.ask(jid, vmControl.destroy, {}));
    await admin.see(jid, 'Off');
    await admin.hear('virtualmachine:control shutdown');
    const vcard = expectOk(await fetchVcard(admin.session, jid.split('/')[0]));
    expect(vcard.vcard).toMatchObject({
      fullName: 'islet',
      role: 'virtualmachine',
      title: 'Virtual machine (TEST)',
    });
    expectOk(await admin.ask(bench.jid, hypervisorControl.free, { jid }));
    await waitFor(`${jid} to go`, 10_000, () => !admin.shown.has(jid));
    const bare = parseJid(jid)!.bare;
    for (const node of [eventsNode(bare), logsNode(bare)]) {
      expect(await admin.pubsub.items(node)).toMatchObject({
        ok: false,
        error: { condition: 'item-not-found' },
      });
    }
    expect(await libvirtd.virsh(URI, 'list', '--all', '--uuid')).not.toContain(uuid);
    const { host, port, ca } = server().description;
    const ghost = new XmppSession({
      jid: bare,
      password: async () => 'any',
      endpoint: { host, port },
      tls: { ca },
      reconnect: { maxDelayMs: 0 },
    });
    expect(await ghost.connect()).toMatchObject({ ok: false, error: { code: 'not-authorized' } });
  });

  it('lets a machine that deletes itself answer first', async () => {
    const { jid } = await allocate('spit');
    expectOk(await admin.ask(jid, vmControl.free, {}));
    await waitFor(`${jid} to go`, 10_000, () => !admin.shown.has(jid));
  });

  it('shows within a second what virsh does behind its back', async () => {
    const { jid } = await allocate('sandbar');
    await define(jid, 'sandbar');
    await admin.see(jid, 'Off');
    const acts = [
      ['start', 'Running'],
      ['suspend', 'Paused'],
      ['resume', 'Running'],
      ['destroy', 'Off'],
      ['undefine', 'Not defined'],
    ] as const;
    for (const [act, status] of acts) {
      await libvirtd.virsh(URI, act, 'sandbar');
      await admin.see(jid, status, PROMPT_MS);
    }
  });

  it('never writes a password into a definition, and takes old ones out', async () => {
    const { jid, uuid } = await allocate('cay');
    await define(jid, 'cay');
    const { password } = bench.agent.host.find(uuid)!.record;
    const dump = async (): Promise<string> =>
      libvirtd.virsh(URI, 'dumpxml', '--security-info', '--inactive', 'cay');
    expect(await dump()).not.toContain(password);
    const old = domainText('cay', uuid).replace(
      '<memory>',
      `<description>${uuid}@${server().description.domain}::::${password}</description><memory>`,
    );
    await libvirtd.virsh(URI, 'define', await libvirtd.file('cay.xml', old));
    expect(await dump()).toContain(password);
    // The test driver forgets its domains with the last connection.
    const other = new LibvirtHypervisor({
      uri: { name: URI, sockets: [libvirtd.socket] },
      onThrown: (cause) => {
        throw cause;
      },
    });
    expectOk(await other.connect());
    await bench.agent.stop();
    await bench.startAgent();
    await other.close();
    await waitFor('the definition to be clean', 10_000, async () => {
      return !(await dump()).includes(password);
    });
    await admin.see(jid, 'Off');
  });

  it('takes over a domain, and gives it back', async () => {
    const uuid = '7e57ab1e-0000-4000-8000-000000000001';
    const xml = await libvirtd.file('stranger.xml', domainText('stranger', uuid));
    await libvirtd.virsh(URI, 'define', xml);
    const roster = async () => expectOk(await admin.ask(bench.jid, hypervisorControl.rostervm, {}));
    const bare = `${uuid}@${server().description.domain}`;
    expect(await roster()).toContainEqual({ jid: bare, isManaged: false, name: 'stranger' });
    const machines = [{ jid: bare }];
    expectOk(await admin.ask(bench.jid, hypervisorControl.manage, { machines }));
    const jid = bench.machineJid(uuid);
    await admin.see(jid, 'Off');
    expect(await roster()).toContainEqual({ jid, isManaged: true, name: 'stranger' });
    expectOk(await admin.ask(bench.jid, hypervisorControl.unmanage, { machines }));
    expect(await roster()).toContainEqual({ jid: bare, isManaged: false, name: 'stranger' });
    await libvirtd.virsh(URI, 'undefine', 'stranger');
  });

  it('finds out that a node in its name belongs to somebody else', async () => {
    const uuid = '7e57ab1e-0000-4000-8000-000000000002';
    const xml = await libvirtd.file('wreck.xml', domainText('wreck', uuid));
    await libvirtd.virsh(URI, 'define', xml);
    await findsForeignNode(admin, bench, uuid);
    await libvirtd.virsh(URI, 'undefine', 'wreck');
  });

  it('publishes tags, and counts the administrators of the node', async () => {
    const { jid } = await allocate('skerry');
    expectOk(await admin.ask(jid, tags.settags, { tags: ['Web', 'blue'] }));
    const found = expectOk(await admin.pubsub.items(TAGS_NODE)).items.map(({ payload }) =>
      expectOk(readTagItem(payload!)),
    );
    const bare = parseJid(jid)!.bare;
    expect(found).toContainEqual({ jid: bare, tags: ['web', 'blue'] });

    const { description } = server();
    const user = await Observer.online(description, description.users[1]!);
    expect(await user.ask(jid, permissionActions.list, {})).toMatchObject({
      ok: false,
      error: { code: 'permission-denied' },
    });
    const account = parseJid(description.users[1]!.jid)!.bare;
    const item = expectOk(await admin.pubsub.publish(ADMINS_NODE, writeAdminAccount(account)));
    await waitFor('the administrator to count', 5000, async () => {
      return (await user.ask(jid, permissionActions.list, {})).ok;
    });
    const items = expectOk(await admin.pubsub.items(ADMINS_NODE)).items;
    expect(items.map(({ payload }) => expectOk(readAdminAccount(payload!)))).toEqual([account]);
    expectOk(await admin.pubsub.retract(ADMINS_NODE, item));
    await waitFor('the administrator to count no more', 5000, async () => {
      return !(await user.ask(jid, permissionActions.list, {})).ok;
    });
    await user.stop();
  });

  it('tells who lost the answer what became of an order', async () => {
    const { jid } = await allocate('atoll');
    await define(jid, 'atoll');
    await admin.see(jid, 'Off');
    await tellsOutcomes(admin, { machine: jid, hypervisor: bench.jid }, server().description);
  });

  it('sends the lines of its log to the session that asked', () =>
    sendsItsLog(admin, bench.jid, server().description));

  it('answers a malformed request with a code, and goes on', async () => {
    const query = el('query', { xmlns: 'archipel:hypervisor:control' });
    expect(await admin.session.request(bench.jid, 'set', query)).toMatchObject({
      ok: false,
      error: { legacyCode: -42 },
    });
    expectOk(await admin.ask(bench.jid, hypervisorControl.rostervm, {}));
  });

  it('chats', async () => {
    const { jid } = await allocate('reef');
    const body = el('body', {}, ['info']);
    await admin.session.send(el('message', { to: jid, type: 'chat' }, [body]));
    await waitFor('an answer', 5000, () => admin.said.includes('I am not defined.'));
  });

  it('says that libvirt is away, and is true again a second after it is back', async () => {
    const { jid } = await allocate('bar');
    await libvirtd.stopProcess();
    await admin.see(jid, 'Libvirt connection lost');
    await admin.see(bench.jid, 'Libvirt connection lost');
    await libvirtd.startProcess();
    await admin.see(jid, 'Not defined', 1500);
    await define(jid, 'bar');
    await libvirtd.virsh(URI, 'start', 'bar');
    await admin.see(jid, 'Running', PROMPT_MS);
  });

  it('comes back true after the server was away', async () => {
    const { jid } = await allocate('holm');
    await define(jid, 'holm');
    await admin.see(jid, 'Off');
    await server().stopProcess();
    await libvirtd.virsh(URI, 'start', 'holm');
    await server().startProcess();
    await admin.see(jid, 'Running', 45_000);
    expectOk(await admin.ask(jid, vmControl.info, {}));
  }, 60_000);
}
