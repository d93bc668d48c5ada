import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Action, RequestOf } from '../../../core/protocol/define-action.ts';
import { definitionText } from '../../../core/protocol/definition-text.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { outcome } from '../../../core/protocol/outcome.ts';
import { writeRequest } from '../../../core/protocol/request.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import { vmDefinition } from '../../../core/protocol/vm-definition.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import { el } from '../../../core/xml/element.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { DOMAIN, domainXml, TestAgent, testConfiguration, worldOf } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const STRANGER = '11111111-2222-4333-8444-555555555555';
const NOTHING: RequestOf<typeof hypervisorControl.alloc> = {
  name: undefined,
  organisation: undefined,
  unit: undefined,
  locality: undefined,
  owner: undefined,
  categories: undefined,
  domain: undefined,
};

describe('the machines of an agent', () => {
  let platform: TestAgent;
  let admin: XmppSession;

  const begin = async (more?: string): Promise<void> => {
    const world = worldOf({ xml: domainXml('stranger', STRANGER), state: 'running' });
    const configuration = testConfiguration(more);
    platform = await TestAgent.start({ world, configuration });
    admin = await platform.session('admin');
    await waitFor('the hypervisor to be online', 5000, () => platform.isOnline(HYPERVISOR));
  };

  beforeEach(async () => begin());
  afterEach(async () => platform.stop());

  const ask = <Request, Reply>(to: string, action: Action<Request, Reply>, request: Request) =>
    askEntity(admin, to, action, request);

  const allocate = async (
    request: Partial<RequestOf<typeof hypervisorControl.alloc>>,
  ): Promise<{ jid: string; uuid: string }> => {
    const made = await ask(HYPERVISOR, hypervisorControl.alloc, { ...NOTHING, ...request });
    const uuid = parseJid(expectOk(made).jid)!.node!;
    const jid = `${uuid}@${DOMAIN}/atoll`;
    await waitFor(`${jid} to be online`, 5000, () => platform.isOnline(jid));
    return { jid, uuid };
  };

  const defined = async (name: string): Promise<{ jid: string; uuid: string }> => {
    const machine = await allocate({ name });
    const text = domainXml(name, machine.uuid);
    expectOk(await ask(machine.jid, definitionText.define, { base: undefined, text }));
    return machine;
  };

  it('lists managed machines and the domains that nobody manages', async () => {
    const { jid } = await allocate({ name: 'mine' });
    const listed = expectOk(await ask(HYPERVISOR, hypervisorControl.rostervm, {}));
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual({ jid, isManaged: true, name: 'mine' });
    expect(listed).toContainEqual({
      jid: `${STRANGER}@${DOMAIN}`,
      isManaged: false,
      name: 'stranger',
    });
  });

  it('shows a domain that was defined from outside among those that nobody manages', async () => {
    const uuid = '99999999-2222-4333-8444-555555555555';
    expectOk(await platform.hypervisor.domains.defineXml(domainXml('newcomer', uuid)));
    const listed = expectOk(await ask(HYPERVISOR, hypervisorControl.rostervm, {}));
    const jid = `${uuid}@${DOMAIN}`;
    expect(listed).toContainEqual({ jid, isManaged: false, name: 'newcomer' });
  });

  it('defines what came with the allocation, under its own name and UUID', async () => {
    const domain = el('domain', { type: 'qemu' }, [
      el('name', {}, ['other']),
      el('memory', {}, ['524288']),
      el('os', {}, [el('type', {}, ['hvm'])]),
    ]);
    const { uuid } = await allocate({ name: 'given', domain });
    const found = expectOk(await platform.hypervisor.domains.lookupByUuid(uuid));
    expect(found).toMatchObject({ uuid, name: 'given' });
  });

  it('leaves nothing behind when the definition of an allocation is refused', async () => {
    const domain = el('domain', { type: 'qemu' }, [el('memory', {}, ['no number'])]);
    const refused = await ask(HYPERVISOR, hypervisorControl.alloc, { ...NOTHING, domain });
    expect(refused.ok).toBe(false);
    expect(platform.agent.host.machines()).toEqual([]);
  });

  it('refuses names that are taken, in any case, by machines and by domains', async () => {
    await allocate({ name: 'Mine' });
    for (const name of ['mine', 'stranger']) {
      const refused = await ask(HYPERVISOR, hypervisorControl.alloc, { ...NOTHING, name });
      expect(expectErr(refused)).toMatchObject({ code: 'vm-name-taken', number: -9001 });
    }
  });

  it('keeps both of two machines that are allocated at the same time', async () => {
    const made = await Promise.all(
      ['left', 'right'].map((name) => {
        return ask(HYPERVISOR, hypervisorControl.alloc, { ...NOTHING, name });
      }),
    );
    made.forEach((one) => expectOk(one));
    const kept = expectOk(await platform.store.machines.load()) ?? [];
    expect(kept.map(({ name }) => name).sort()).toEqual(['left', 'right']);
  });

  it('gives one of two machines of one name to who came first', async () => {
    const request = { ...NOTHING, name: 'same' };
    const made = await Promise.all([
      ask(HYPERVISOR, hypervisorControl.alloc, request),
      ask(HYPERVISOR, hypervisorControl.alloc, request),
    ]);
    expect(made.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  it('says for each order to a machine without definition that it has none', async () => {
    const { jid } = await allocate({ name: 'empty' });
    const orders = ['create', 'shutdown', 'destroy', 'reboot', 'suspend', 'resume'] as const;
    for (const order of orders) {
      expect(expectErr(await ask(jid, vmControl[order], {})).code).toBe('vm-not-defined');
    }
    expect(expectErr(await ask(jid, vmControl.autostart, { value: true })).code).toBe(
      'vm-not-defined',
    );
    expect(expectOk(await ask(jid, vmControl.info, {}))).toBe(undefined);
    expect(expectOk(await ask(jid, vmControl.xmldesc, {}))).toBe(undefined);
    expect(expectOk(await ask(jid, vmControl.networkinfo, {}))).toEqual([]);
    expectOk(await ask(jid, vmDefinition.undefine, {}));
  });

  it('carries out every order, and says libvirt’s number where the state forbids it', async () => {
    const { jid } = await defined('busy');
    expect(expectErr(await ask(jid, vmControl.suspend, {}))).toMatchObject({ number: 55 });
    expect(expectErr(await ask(jid, vmControl.networkinfo, {})).code).toBe('vm-not-running');
    expectOk(await ask(jid, vmControl.create, {}));
    expect(expectErr(await ask(jid, vmControl.create, {}))).toMatchObject({ number: 55 });
    for (const order of ['suspend', 'resume', 'reboot'] as const) {
      expectOk(await ask(jid, vmControl[order], {}));
    }
    expectOk(await ask(jid, vmControl.autostart, { value: true }));
    expectOk(await ask(jid, vmControl.memory, { memoryKib: 262_144 }));
    expectOk(await ask(jid, vmControl.setvcpus, { vcpus: 1 }));
    expect(expectErr(await ask(jid, vmControl.setvcpus, { vcpus: 64 })).code).toBe(
      'vcpus-above-maximum',
    );
    const shot = expectOk(await ask(jid, vmControl.screenshot, { size: 'thumbnail' }));
    expect(shot!.width).toBeLessThanOrEqual(216);
    expect(expectOk(await ask(jid, vmControl.info, {}))).toMatchObject({
      state: 1,
      autostart: true,
      hypervisor: HYPERVISOR,
    });
    expectOk(await ask(jid, vmControl.destroy, {}));
    expectOk(await ask(jid, vmControl.destroy, {}));
    expect(expectOk(await ask(jid, vmControl.screenshot, { size: 'full' }))).toBe(undefined);
  });

  it('refuses a definition of another UUID, of another revision and of no sense', async () => {
    const { jid, uuid } = await defined('strict');
    const kept = expectOk(await ask(jid, definitionText.get, {}))!;
    const define = async (base: string | undefined, text: string) =>
      expectErr(await ask(jid, definitionText.define, { base, text })).code;
    expect(await define(kept.revision, domainXml('strict', STRANGER))).toBe(
      'definition-uuid-mismatch',
    );
    expect(await define('older', domainXml('strict', uuid))).toBe('definition-changed');
    expect(await define(kept.revision, '<domain>')).toBe('definition-define-failed');
    expect(expectOk(await ask(jid, definitionText.get, {}))).toEqual(kept);
  });

  it('never lets credentials into a definition', async () => {
    const { jid, uuid } = await defined('clean');
    const { password } = platform.agent.host.find(uuid)!.record;
    const secret = `<description>${uuid}@${DOMAIN}::::${password}</description>`;
    const kept = expectOk(await ask(jid, definitionText.get, {}))!;
    const text = domainXml('clean', uuid, secret);
    expectOk(await ask(jid, definitionText.define, { base: kept.revision, text }));
    const domain = el('domain', { type: 'qemu' }, [
      el('name', {}, ['clean']),
      el('uuid', {}, [uuid]),
      el('description', {}, [`${uuid}@${DOMAIN}::::${password}`]),
      el('memory', {}, ['524288']),
      el('os', {}, [el('type', {}, ['hvm'])]),
    ]);
    expectOk(await ask(jid, vmDefinition.define, { domain }));
    const stored = await platform.hypervisor.domains.getXml(uuid, { secure: true });
    expect(expectOk(stored)).not.toContain(password);
  });

  it('forbids block devices where the configuration does', async () => {
    await platform.stop();
    await begin('[VIRTUALMACHINE]\nenable_block_device_access = no');
    const { jid, uuid } = await allocate({ name: 'plain' });
    const disk = "<devices><disk type='block'><source dev='/dev/sda'/></disk></devices>";
    const text = domainXml('plain', uuid).replace('<devices/>', disk);
    const refused = await ask(jid, definitionText.define, { base: undefined, text });
    expect(expectErr(refused).code).toBe('block-devices-forbidden');
  });

  it('takes over a domain once, and gives back what it manages', async () => {
    const machines = [{ jid: `${STRANGER}@${DOMAIN}` }];
    expectOk(await ask(HYPERVISOR, hypervisorControl.manage, { machines }));
    const again = await ask(HYPERVISOR, hypervisorControl.manage, { machines });
    expect(expectErr(again)).toMatchObject({ code: 'vm-already-managed', number: -9010 });
    expectOk(await ask(HYPERVISOR, hypervisorControl.unmanage, { machines }));
    const twice = await ask(HYPERVISOR, hypervisorControl.unmanage, { machines });
    expect(expectErr(twice)).toMatchObject({ code: 'vm-not-managed', number: -9011 });
    expectOk(await platform.hypervisor.domains.info(STRANGER));
  });

  it('clones and renames only what is off', async () => {
    const { jid, uuid } = await allocate({ name: 'mother' });
    const clone = { jid, name: undefined };
    expect(expectErr(await ask(HYPERVISOR, hypervisorControl.clone, clone)).code).toBe(
      'vm-not-defined',
    );
    const text = domainXml('mother', uuid);
    expectOk(await ask(jid, definitionText.define, { base: undefined, text }));
    expectOk(await ask(jid, vmControl.create, {}));
    expect(expectErr(await ask(HYPERVISOR, hypervisorControl.clone, clone)).code).toBe(
      'vm-must-be-stopped',
    );
    const { organisation, unit, locality, owner, categories } = NOTHING;
    const nobody = { organisation, unit, locality, owner, categories };
    const name = { ...nobody, target: uuid, name: 'father' };
    expect(expectErr(await ask(HYPERVISOR, hypervisorControl.setorginfo, name)).code).toBe(
      'vm-must-be-stopped',
    );
    expectOk(await ask(jid, vmControl.destroy, {}));
    expectOk(await ask(HYPERVISOR, hypervisorControl.setorginfo, name));
    const order = writeRequest(hypervisorControl.clone, clone);
    expectOk(await admin.request(HYPERVISOR, 'set', order, { id: 'copy' }));
    const copy = () => platform.hypervisor.domains.lookupByName('father-clone');
    await waitFor('the copy', 5000, async () => (await copy()).ok);
    const told = expectOk(await ask(HYPERVISOR, outcome.get, { id: 'copy' }));
    expect([told.outcome, told.made]).toEqual(['done', `${expectOk(await copy()).uuid}@${DOMAIN}`]);
  });

  it('lets nobody arrive who was not granted it', async () => {
    const uuid = '77777777-2222-4333-8444-555555555555';
    const sender = await platform.session(uuid);
    const domain = el('domain', { type: 'qemu' }, [
      el('name', {}, ['arrival']),
      el('uuid', {}, [uuid]),
      el('description', {}, [`${uuid}@${DOMAIN}::::${uuid} password`]),
      el('memory', {}, ['524288']),
      el('os', {}, [el('type', {}, ['hvm'])]),
    ]);
    const arrive = () => askEntity(sender, HYPERVISOR, hypervisorControl.soft_alloc, { domain });
    expect(expectErr(await arrive())).toMatchObject({ code: 'soft-alloc-failed' });
    const user = parseJid(sender.bareJid)!.bare;
    const { permissions } = platform.agent.host.entity;
    expectOk(await permissions.change([{ user, name: 'alloc', isGranted: true }]));
    expectOk(await arrive());
    expect(platform.agent.host.find(uuid)!.record).toMatchObject({
      name: 'arrival',
      password: `${uuid} password`,
    });
  });

  it('deletes domain, record and grants, and says which machine it does not know', async () => {
    const { jid, uuid } = await defined('doomed');
    expectOk(await ask(jid, vmControl.create, {}));
    expectOk(await ask(HYPERVISOR, hypervisorControl.free, { jid }));
    expect(expectErr(await platform.hypervisor.domains.info(uuid))).toMatchObject({ number: 42 });
    expect(expectOk(await platform.store.machines.load())).toEqual([]);
    expect(expectOk(await platform.store.grants(uuid).load())).toBe(undefined);
    const again = await ask(HYPERVISOR, hypervisorControl.free, { jid });
    expect(expectErr(again)).toMatchObject({ code: 'vm-unknown', number: -9002 });
  });

  it('keeps a machine whose domain libvirt will not let go', async () => {
    const { jid, uuid } = await defined('stubborn');
    const error = { code: 'libvirt', number: 1, domain: 10, level: 2, message: 'no' } as const;
    platform.hypervisor.faults.failNext('undefine', error);
    platform.hypervisor.faults.failNext('undefine', error);
    const refused = await ask(HYPERVISOR, hypervisorControl.free, { jid });
    expect(expectErr(refused)).toMatchObject({ number: 1, text: 'no' });
    expect(platform.agent.host.find(uuid)).toBeDefined();
  });
});
