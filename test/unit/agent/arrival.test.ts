import { afterEach, describe, expect, it } from 'vitest';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import { el } from '../../../core/xml/element.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { DOMAIN, domainXml, TestAgent, testConfiguration, worldOf } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const STRANGER = '11111111-2222-4333-8444-555555555555';
const ARRIVAL = '77777777-2222-4333-8444-555555555555';

describe('a machine that arrives from elsewhere', () => {
  let platform: TestAgent;
  afterEach(async () => platform.stop());

  const begin = async (more?: string): Promise<void> => {
    const world = worldOf({ xml: domainXml('stranger', STRANGER), state: 'running' });
    platform = await TestAgent.start({ world, configuration: testConfiguration(more) });
    await waitFor('the hypervisor to be online', 5000, () => platform.isOnline(HYPERVISOR));
  };

  const arrive = async (uuid: string, name: string, diskType = 'file') => {
    const sender = await platform.session(uuid);
    const user = parseJid(sender.bareJid)!.bare;
    const { permissions } = platform.agent.host.entity;
    expectOk(await permissions.change([{ user, name: 'alloc', isGranted: true }]));
    const domain = el('domain', { type: 'qemu' }, [
      el('name', {}, [name]),
      el('uuid', {}, [uuid]),
      el('description', {}, [`${user}::::${uuid} password`]),
      el('memory', {}, ['524288']),
      el('os', {}, [el('type', {}, ['hvm'])]),
      el('devices', {}, [el('disk', { type: diskType, device: 'disk' })]),
    ]);
    return askEntity(sender, HYPERVISOR, hypervisorControl.soft_alloc, { domain });
  };

  const isDefined = async (uuid: string): Promise<boolean> =>
    (await platform.hypervisor.domains.info(uuid)).ok;

  it('is refused with a block device where the configuration forbids them', async () => {
    await begin('[VIRTUALMACHINE]\nenable_block_device_access = no');
    const refused = await arrive(ARRIVAL, 'arrival', 'block');
    expect(expectErr(refused).code).toBe('block-devices-forbidden');
    expect(await isDefined(ARRIVAL)).toBe(false);
  });

  it('is refused under a name or a UUID that is taken', async () => {
    await begin();
    expect(expectErr(await arrive(ARRIVAL, 'stranger')).code).toBe('vm-name-taken');
    expect(expectErr(await arrive(STRANGER, 'arrival')).code).toBe('soft-alloc-failed');
    expect(await isDefined(ARRIVAL)).toBe(false);
    expect(expectOk(await platform.hypervisor.domains.lookupByUuid(STRANGER)).name).toBe(
      'stranger',
    );
  });

  it('leaves no domain behind when it cannot be kept', async () => {
    await begin();
    const full = { code: 'storage-unwritable', file: 'machines.json', detail: 'no space' } as const;
    platform.store.machines.save = async () => ({ ok: false, error: full });
    expect(expectErr(await arrive(ARRIVAL, 'arrival')).code).toBe('soft-alloc-failed');
    expect(await isDefined(ARRIVAL)).toBe(false);
    expect(platform.agent.host.machines()).toEqual([]);
  });
});
