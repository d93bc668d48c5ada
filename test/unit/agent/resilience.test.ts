import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPresence } from '../../../core/protocol/presence.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import { el } from '../../../core/xml/element.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { DOMAIN, domainXml, TestAgent, worldOf } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const UUID = '11111111-2222-4333-8444-555555555555';
const MACHINE = `${UUID}@${DOMAIN}/atoll`;

describe('an agent to which things happen', () => {
  let platform: TestAgent;
  let admin: XmppSession;
  let shown: Map<string, string>;

  beforeEach(async () => {
    const world = worldOf({ xml: domainXml('one', UUID), state: 'running' });
    platform = await TestAgent.start({ world });
    admin = await platform.session('admin');
    shown = new Map();
    admin.on('presence', (stanza) => {
      const { type, show = 'online', status = '' } = readPresence(stanza);
      if (type === undefined) shown.set(stanza.attribute('from') ?? '', `${show}: ${status}`);
    });
    await admin.send(el('presence'));
    await waitFor('the hypervisor to be online', 5000, () => platform.isOnline(HYPERVISOR));
    const machines = [{ jid: `${UUID}@${DOMAIN}` }];
    expectOk(await askEntity(admin, HYPERVISOR, hypervisorControl.manage, { machines }));
    await waitFor('the machine to be online', 5000, () => platform.isOnline(MACHINE));
    for (const jid of [HYPERVISOR, MACHINE]) {
      await admin.send(el('presence', { to: jid.split('/')[0], type: 'subscribe' }));
    }
  });
  afterEach(async () => platform.stop());

  const see = async (jid: string, presence: string): Promise<void> =>
    waitFor(`${jid} to show ${presence}, not ${shown.get(jid)}`, 5000, () => {
      return shown.get(jid) === presence;
    });

  it('shows what happens to a guest without anybody asking for it', async () => {
    const { domains, faults } = platform.hypervisor;
    await see(MACHINE, 'online: Running');
    await see(HYPERVISOR, 'online: Online (1)');
    expectOk(await domains.suspend(UUID));
    await see(MACHINE, 'away: Paused');
    expectOk(await domains.resume(UUID));
    await see(MACHINE, 'online: Running');
    expectOk(faults.crashGuest(UUID));
    await see(MACHINE, 'xa: Crashed');
    expectOk(await domains.undefine(UUID));
    await see(MACHINE, 'xa: Not defined');
  });

  it('says that libvirt is away, refuses orders with a code, and catches up', async () => {
    const { domains, faults } = platform.hypervisor;
    await see(MACHINE, 'online: Running');
    faults.loseDaemon();
    await see(MACHINE, 'dnd: Libvirt connection lost');
    await see(HYPERVISOR, 'dnd: Libvirt connection lost');
    const refused = expectErr(await askEntity(admin, MACHINE, vmControl.destroy, {}));
    expect(refused).toMatchObject({ code: 'vm-destroy-failed', number: -1004 });
    const free = { jid: MACHINE };
    expect(
      expectErr(await askEntity(admin, HYPERVISOR, hypervisorControl.free, free)),
    ).toMatchObject({ code: 'free-failed', number: -9002 });
    // Nobody tells of what happens while the daemon is away.
    faults.killGuest(UUID);
    faults.returnDaemon();
    await see(MACHINE, 'xa: Crashed');
    await see(HYPERVISOR, 'online: Online (1)');
    expectOk(await domains.create(UUID));
    await see(MACHINE, 'online: Running');
  });

  it('shows that a machine goes down from the moment it is asked to', async () => {
    await see(MACHINE, 'online: Running');
    expectOk(await askEntity(admin, MACHINE, vmControl.shutdown, {}));
    await see(MACHINE, 'online: Shutting down...');
  });

  it('goes on when its store refuses to write, and says what it did not do', async () => {
    const { machines } = platform.store;
    const full = { code: 'storage-unwritable', file: 'machines.json', detail: 'no space' } as const;
    machines.save = async () => ({ ok: false, error: full });
    const nothing = {
      organisation: undefined,
      unit: undefined,
      locality: undefined,
      owner: undefined,
      categories: undefined,
      domain: undefined,
    };
    const request = { ...nothing, name: 'late' };
    const refused = await askEntity(admin, HYPERVISOR, hypervisorControl.alloc, request);
    expect(expectErr(refused)).toMatchObject({ code: 'alloc-failed', number: -9001 });
    const free = { jid: MACHINE };
    expect(expectErr(await askEntity(admin, HYPERVISOR, hypervisorControl.free, free)).code).toBe(
      'free-failed',
    );
    expect(platform.agent.host.machines().map(({ uuid }) => uuid)).toEqual([UUID]);
  });
});
