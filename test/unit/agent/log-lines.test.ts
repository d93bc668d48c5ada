import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { log } from '../../../core/protocol/log.ts';
import { readLogLines } from '../../../core/protocol/log-lines.ts';
import { fetchInfo } from '../../../node/xmpp/disco.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { DOMAIN, TestAgent, worldOf } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;

describe('the log of a hypervisor’s agent', () => {
  let platform: TestAgent;
  let admin: XmppSession;

  beforeEach(async () => {
    platform = await TestAgent.start({ world: worldOf() });
    admin = await platform.session('admin');
    await waitFor('the hypervisor', 5000, () => platform.isOnline(HYPERVISOR));
  });
  afterEach(() => platform.stop());

  const heardBy = (session: XmppSession): string[] => {
    const heard: string[] = [];
    session.on('message', (message) => {
      const told = readLogLines(message);
      if (told) heard.push(...expectOk(told).lines);
    });
    return heard;
  };

  it('is announced, and sent line by line to whoever asks, until they ask no more', async () => {
    const info = expectOk(await fetchInfo(admin, HYPERVISOR));
    expect(info.features).toContain('archipel:log');
    const heard = heardBy(admin);
    const granted = await askEntity(admin, HYPERVISOR, log.subscribe, { leaseSeconds: 60 });
    expect(expectOk(granted)).toEqual({ leaseSeconds: 60 });
    const bob = await platform.session('bob');
    // A refusal is in the log.
    expectErr(await askEntity(bob, HYPERVISOR, log.subscribe, { leaseSeconds: 60 }));
    await waitFor('the line', 5000, () => heard.some((line) => line.includes('bob@')));
    expect(heard.join('\n')).toMatch(/^WARNING ::.*::atoll@.*PERMISSION bob@/mu);
    expectOk(await askEntity(admin, HYPERVISOR, log.unsubscribe, {}));
    const before = heard.length;
    expectErr(await askEntity(bob, HYPERVISOR, log.subscribe, { leaseSeconds: 60 }));
    const others = heardBy(admin);
    expectOk(await askEntity(admin, HYPERVISOR, log.subscribe, { leaseSeconds: 60 }));
    expectErr(await askEntity(bob, HYPERVISOR, log.subscribe, { leaseSeconds: 60 }));
    await waitFor('the next line', 5000, () => others.length > 0);
    expect(heard.length - before).toBe(others.length);
  });
});
