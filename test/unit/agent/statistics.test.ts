import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BareJid } from '../../../core/domain/jid.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { permissionActions } from '../../../core/protocol/permission-actions.ts';
import { readSamples, type StatisticsSample } from '../../../core/protocol/statistics-samples.ts';
import { statistics } from '../../../core/protocol/statistics.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { DOMAIN, domainXml, TestAgent, worldOf } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const UUID = '11111111-2222-4333-8444-555555555555';
const WISH = { intervalSeconds: 1, leaseSeconds: 60, hypervisor: true, machines: 'all' } as const;

describe('the statistics of an agent', () => {
  let platform: TestAgent;
  let admin: XmppSession;

  beforeEach(async () => {
    platform = await TestAgent.start({
      world: worldOf({ xml: domainXml('one', UUID), state: 'running' }),
    });
    admin = await platform.session('admin');
    await waitFor('the hypervisor to be online', 5000, () => platform.isOnline(HYPERVISOR));
    const machines = [{ jid: `${UUID}@${DOMAIN}` }];
    expectOk(await askEntity(admin, HYPERVISOR, hypervisorControl.manage, { machines }));
  });
  afterEach(async () => platform.stop());

  const listen = (session: XmppSession): readonly StatisticsSample[] => {
    const heard: StatisticsSample[] = [];
    session.on('message', (message) => {
      const samples = readSamples(message);
      if (samples) heard.push(...expectOk(samples));
    });
    return heard;
  };

  it('come as messages to the session that asked, with what its machines do', async () => {
    const heard = listen(admin);
    const reply = expectOk(await askEntity(admin, HYPERVISOR, statistics.subscribe, WISH));
    expect(reply).toEqual({ intervalSeconds: 1, leaseSeconds: 60 });
    await waitFor('a sample with a rate', 9000, () => {
      return heard.some(({ intervalMs, machines }) => intervalMs !== undefined && machines[0]);
    });
    const sample = heard.at(-1)!;
    expect(sample.machines.map(({ uuid }) => uuid)).toEqual([UUID]);
    expect(sample.hypervisors[0]?.networks.map(({ name }) => name)).toEqual(['eno1', 'virbr0']);
  });

  it('have a past that can be asked for by time', async () => {
    const wanted = { fromMs: 0, toMs: Date.now() + 60_000 };
    await waitFor('a past', 9000, async () => {
      const past = expectOk(await askEntity(admin, HYPERVISOR, statistics.history, wanted));
      return past.series.some(({ name }) => name === 'cpu');
    });
    const unknown = { ...wanted, machine: UUID.replace('1', '9') };
    const refused = await askEntity(admin, HYPERVISOR, statistics.history, unknown);
    expect(expectErr(refused)).toMatchObject({ code: 'vm-unknown' });
  });

  it('tell nobody of machines that he may not read', async () => {
    const bob = await platform.session('bob');
    const user = `bob@${DOMAIN}` as BareJid;
    const changes = [{ type: 'user', user, name: 'health_info', isGranted: true }] as const;
    expectOk(await askEntity(admin, HYPERVISOR, permissionActions.set, { changes }));
    const heard = listen(bob);
    expectOk(await askEntity(bob, HYPERVISOR, statistics.subscribe, WISH));
    await waitFor('two samples', 9000, () => heard.length > 1);
    expect(heard.flatMap(({ machines }) => machines)).toEqual([]);
    const past = await askEntity(bob, HYPERVISOR, statistics.history, { fromMs: 0, toMs: 1 });
    expect(expectErr(past)).toMatchObject({ code: 'permission-denied' });
  });
});
