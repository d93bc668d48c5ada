import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action } from '../../../core/protocol/define-action.ts';
import { definitionText } from '../../../core/protocol/definition-text.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import { el } from '../../../core/xml/element.ts';
import { serialize } from '../../../core/xml/write.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { DOMAIN, domainXml, TestAgent, worldOf } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const UUID = '11111111-2222-4333-8444-555555555555';
const MACHINE = `${UUID}@${DOMAIN}/atoll`;
const BOB = `bob@${DOMAIN}` as BareJid;
const NOBODY = {
  organisation: undefined,
  unit: undefined,
  locality: undefined,
  owner: undefined,
  categories: undefined,
};
const SCREEN = "<devices><graphics type='vnc' port='-1' passwd='sesame'/></devices>";

describe('what an agent keeps from some of its users', () => {
  let platform: TestAgent;
  let admin: XmppSession;
  let bob: XmppSession;

  beforeEach(async () => {
    const xml = domainXml('one', UUID).replace('<devices/>', SCREEN);
    platform = await TestAgent.start({ world: worldOf({ xml, state: 'shutoff' }) });
    admin = await platform.session('admin');
    bob = await platform.session('bob');
    await waitFor('the hypervisor to be online', 5000, () => platform.isOnline(HYPERVISOR));
    const machines = [{ jid: MACHINE }];
    expectOk(await askEntity(admin, HYPERVISOR, hypervisorControl.manage, { machines }));
    await waitFor('the machine to be online', 5000, () => platform.isOnline(MACHINE));
  });
  afterEach(async () => platform.stop());

  const ask = <Request, Reply>(to: string, action: Action<Request, Reply>, request: Request) =>
    askEntity(admin, to, action, request);
  const askAsBob = <Request, Reply>(to: string, action: Action<Request, Reply>, request: Request) =>
    askEntity(bob, to, action, request);
  const grantBob = async (...names: string[]): Promise<void> => {
    const { permissions } = platform.agent.host.find(UUID)!.entity;
    expectOk(await permissions.change(names.map((name) => ({ user: BOB, name, isGranted: true }))));
  };
  const say = async (session: XmppSession, words: string): Promise<string> => {
    const heard: string[] = [];
    const stop = session.on('message', (message) => {
      const body = message.children().find(({ name }) => name === 'body');
      if (message.attribute('type') === 'chat' && body) heard.push(body.text());
    });
    await session.send(el('message', { to: MACHINE, type: 'chat' }, [el('body', {}, [words])]));
    await waitFor(`an answer to ${words}`, 5000, () => heard.length > 0);
    stop();
    return heard[0] ?? '';
  };

  it('tells the password of a screen only to who may open it or write the definition', async () => {
    await grantBob('xmldesc', 'message');
    const read = async (session: XmppSession) => {
      const domain = expectOk(await askEntity(session, MACHINE, vmControl.xmldesc, {}))!;
      const text = expectOk(await askEntity(session, MACHINE, definitionText.get, {}))!;
      return [serialize(domain), text.text, await say(session, 'xml')];
    };
    for (const text of await read(bob)) {
      expect(text).toContain('<name>one</name>');
      expect(text).not.toContain('sesame');
    }
    for (const text of await read(admin)) expect(text).toContain('sesame');
    await grantBob('vnc_display');
    for (const text of await read(bob)) expect(text).toContain('sesame');
  });

  it('gives one revision of a definition to those who read its secrets and those who do not', async () => {
    await grantBob('xmldesc');
    const revisionFor = async (session: XmppSession) =>
      expectOk(await askEntity(session, MACHINE, definitionText.get, {}))!.revision;
    const before = await revisionFor(bob);
    expect(before).toBe(await revisionFor(admin));
    const changed = SCREEN.replace('sesame', 'poppy');
    const text = domainXml('one', UUID).replace('<devices/>', changed);
    expectOk(await ask(MACHINE, definitionText.define, { base: before, text }));
    expect(await revisionFor(bob)).not.toBe(before);
    const refused = await askAsBob(MACHINE, definitionText.define, { base: before, text });
    expect(expectErr(refused).code).toBe('permission-denied');
  });

  const cloning = async (): Promise<() => void> => {
    let finish = (): void => undefined;
    const copied = new Promise<void>((go) => (finish = go));
    const { files } = platform.agent.host;
    const { copy } = files;
    files.copy = () => copied;
    const clone = { jid: MACHINE, name: 'copy' };
    expectOk(await ask(HYPERVISOR, hypervisorControl.clone, clone));
    return () => {
      files.copy = copy;
      finish();
    };
  };

  it('lets nothing happen to a machine that is being cloned', async () => {
    const finish = await cloning();
    const text = 'The virtual machine is being cloned.';
    const free = await ask(HYPERVISOR, hypervisorControl.free, { jid: MACHINE });
    expect(expectErr(free)).toMatchObject({ code: 'free-failed', text });
    const clone = { jid: MACHINE, name: 'another' };
    const again = await ask(HYPERVISOR, hypervisorControl.clone, clone);
    expect(expectErr(again)).toMatchObject({ code: 'clone-failed', text });
    const machines = [{ jid: MACHINE }];
    const unmanage = await ask(HYPERVISOR, hypervisorControl.unmanage, { machines });
    expect(expectErr(unmanage)).toMatchObject({ code: 'unmanage-failed', text });
    const information = { ...NOBODY, target: UUID, name: 'two' };
    const rename = await ask(HYPERVISOR, hypervisorControl.setorginfo, information);
    expect(expectErr(rename)).toMatchObject({ code: 'setorginfo-failed', text });
    finish();
    await waitFor('the end of the copy', 5000, () => !platform.agent.host.find(UUID)?.task);
    expectOk(await ask(HYPERVISOR, hypervisorControl.free, { jid: MACHINE }));
  });

  it('refuses a second task to a machine, and keeps the first', async () => {
    const machine = platform.agent.host.find(UUID)!;
    const said = await machine.during(
      'freeing',
      () => 'refused',
      () =>
        machine.during(
          'renaming',
          (running) => `busy ${running ?? ''}, still ${machine.task ?? ''}`,
          async () => 'done',
        ),
    );
    expect(said).toBe('busy freeing, still freeing');
    expect(machine.task).toBe(undefined);
  });

  it('refuses orders by chat as it refuses the same requests', async () => {
    const finish = await cloning();
    expect(await say(admin, 'start')).toContain('is being cloned');
    expect(await say(admin, 'xml')).toContain('<name>one</name>');
    finish();
    await waitFor('the end of the copy', 5000, () => !platform.agent.host.find(UUID)?.task);
    expect(await say(admin, 'start')).toBe('Starting.');
  });

  it('takes only whole words of a chat for orders', async () => {
    expect(await say(admin, 'start!')).toBe('Starting.');
    for (const words of ['stopped?', 'Stopping by', 'destroyer', 'pauses', 'helpless']) {
      expect(await say(admin, words)).toContain('did not understand');
    }
    expect(expectOk(await ask(MACHINE, vmControl.info, {}))).toMatchObject({ state: 1 });
    expect(await say(admin, 'Stop, please')).toBe('Shutting down.');
  });

  it('clones a machine only for those who may read its definition', async () => {
    const { permissions } = platform.agent.host.entity;
    expectOk(await permissions.change([{ user: BOB, name: 'clone', isGranted: true }]));
    const clone = () =>
      askAsBob(HYPERVISOR, hypervisorControl.clone, { jid: MACHINE, name: 'copy' });
    expect(expectErr(await clone()).code).toBe('permission-denied');
    await grantBob('xmldesc');
    expectOk(await clone());
  });

  it('tells where migrations go to machines it knows and to whom it was granted', async () => {
    const asking = (session: XmppSession) =>
      askEntity(session, HYPERVISOR, hypervisorControl.migrationinfo, {});
    const foreign = await platform.session('99999999-2222-4333-8444-555555555555');
    expect(expectErr(await asking(foreign)).code).toBe('permission-denied');
    expect(expectErr(await asking(bob)).code).toBe('permission-denied');
    expectOk(await asking(admin));
    const { permissions, roster } = platform.agent.host.entity;
    expectOk(await permissions.change([{ user: BOB, name: 'migrationinfo', isGranted: true }]));
    expectOk(await asking(bob));
    expectOk(await roster.set(foreign.bareJid, undefined, []));
    await waitFor('the contact', 5000, () => roster.items.has(foreign.bareJid));
    expectOk(await asking(foreign));
  });

  it('tells of definitions from outside again once libvirt is back', async () => {
    const { domains, faults } = platform.hypervisor;
    const machine = platform.agent.host.find(UUID)!;
    const pushed: string[] = [];
    machine.entity.push = (topic, change) => pushed.push(`${topic} ${change}`);
    const defineXml = domains.defineXml.bind(domains);
    domains.defineXml = async () => domains.lookupByUuid(UUID);
    expectOk(await machine.define('<an event that never comes/>'));
    domains.defineXml = defineXml;
    faults.loseDaemon();
    faults.returnDaemon();
    expectOk(await domains.defineXml(domainXml('one', UUID)));
    await waitFor('the push', 5000, () => pushed.length > 0);
    expect(pushed).toEqual(['virtualmachine:definition defined']);
  });
});
