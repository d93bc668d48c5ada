import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RequestOf } from '../../../core/protocol/define-action.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { statistics } from '../../../core/protocol/statistics.ts';
import { readSamples, type StatisticsSample } from '../../../core/protocol/statistics-samples.ts';
import { health } from '../../../core/protocol/health.ts';
import { parseJid, type BareJid } from '../../../core/domain/jid.ts';
import { el } from '../../../core/xml/element.ts';
import { fetchInfo } from '../../../node/xmpp/disco.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { DOMAIN, domainXml, TestAgent, worldOf } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const UUID = '11111111-2222-4333-8444-555555555555';
const BOB = `bob@${DOMAIN}` as BareJid;

describe('statistics of a hypervisor', () => {
  let platform: TestAgent;
  let admin: XmppSession;

  beforeEach(async () => {
    const world = worldOf({ xml: domainXml('one', UUID), state: 'running' });
    platform = await TestAgent.start({ world });
    admin = await platform.session('admin');
    await waitFor('the hypervisor', 5000, () => platform.isOnline(HYPERVISOR));
    const machines = [{ jid: parseJid(`${UUID}@${DOMAIN}`)!.bare }];
    expectOk(await askEntity(admin, HYPERVISOR, hypervisorControl.manage, { machines }));
  });
  afterEach(() => platform.stop());

  const heardBy = (session: XmppSession): StatisticsSample[] => {
    const heard: StatisticsSample[] = [];
    session.on('message', (message) => {
      const samples = readSamples(message);
      if (samples) heard.push(...expectOk(samples));
    });
    return heard;
  };
  const subscribe = (
    session: XmppSession,
    wanted: Partial<RequestOf<typeof statistics.subscribe>> = {},
  ) => {
    const all = {
      intervalSeconds: 1,
      leaseSeconds: 60,
      hypervisor: true,
      machines: 'all',
    } as const;
    return askEntity(session, HYPERVISOR, statistics.subscribe, { ...all, ...wanted });
  };

  it('are announced, and pushed to whoever asks, until they ask no more', async () => {
    const info = expectOk(await fetchInfo(admin, HYPERVISOR));
    expect(info.features).toContain('archipel:statistics');
    const heard = heardBy(admin);
    const granted = expectOk(await subscribe(admin));
    expect(granted).toEqual({ intervalSeconds: 1, leaseSeconds: 60 });
    await waitFor('two samples', 5000, () => heard.length >= 2);
    expect(heard.at(-1)).toMatchObject({
      intervalMs: expect.any(Number) as number,
      hypervisors: [{ memoryTotalBytes: expect.any(Number) as number }],
      machines: [{ uuid: UUID, memoryTotalBytes: expect.any(Number) as number }],
    });
    expectOk(await askEntity(admin, HYPERVISOR, statistics.unsubscribe, {}));
    const [before, readings] = [heard.length, countReadings()];
    await waitFor('more readings', 5000, () => readings() >= 2);
    await admin.request(undefined, 'get', el('query', { xmlns: 'jabber:iq:roster' }));
    expect(heard).toHaveLength(before);
  });

  const countReadings = (): (() => number) => {
    let count = 0;
    platform.statistics.onReading(() => (count += 1));
    return () => count;
  };

  it('are of what was asked for', async () => {
    const heard = heardBy(admin);
    expectOk(await subscribe(admin, { hypervisor: undefined, machines: undefined }));
    await waitFor('a sample', 5000, () => heard.length > 0);
    expect(heard[0]).toMatchObject({ hypervisors: [], machines: [] });
  });

  it('of machines go only to those who may know how these are', async () => {
    const bob = await platform.session('bob');
    const heard = heardBy(bob);
    expect(expectErr(await subscribe(bob)).code).toBe('permission-denied');
    const { host } = platform.agent;
    const grant = (entity: typeof host.entity, name: string) =>
      entity.permissions.change([{ user: BOB, name, isGranted: true }]);
    expectOk(await grant(host.entity, 'health_info'));
    expectOk(await subscribe(bob));
    await waitFor('a sample', 5000, () => heard.length > 0);
    expect(heard[0]?.machines).toEqual([]);
    expectOk(await grant(host.find(UUID)!.entity, 'info'));
    await waitFor('the machine', 5000, () => heard.at(-1)?.machines.length === 1);
  });

  it('have a past, for those who may read it', async () => {
    const stretch = { fromMs: Date.now() - 10_000, toMs: Date.now() + 10_000 };
    const ask = (session: XmppSession, machine?: string) =>
      askEntity(session, HYPERVISOR, statistics.history, { ...stretch, machine, stepSeconds: 1 });
    await waitFor('a past', 5000, async () => expectOk(await ask(admin, UUID)).count > 0);
    const { series, tierSeconds } = expectOk(await ask(admin, UUID));
    expect([tierSeconds, series.map(({ name }) => name).sort()]).toEqual([
      1,
      [
        'block-read',
        'block-written',
        'cpu',
        'memory-total',
        'memory-used',
        'network-received',
        'network-sent',
      ],
    ]);
    expect(expectErr(await ask(admin, UUID.replace('1', '9'))).code).toBe('vm-unknown');
    const bob = await platform.session('bob');
    const { permissions } = platform.agent.host.entity;
    expectOk(await permissions.change([{ user: BOB, name: 'health_history', isGranted: true }]));
    expectOk(await ask(bob));
    expect(expectErr(await ask(bob, UUID)).code).toBe('permission-denied');
    const [past] = expectOk(await askEntity(admin, HYPERVISOR, health.history, { limit: 5 }));
    expect(past?.networks.map(({ name }) => name)).toEqual(['eno1', 'virbr0']);
  });
});
