import { afterEach, beforeEach, expect, it } from 'vitest';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { DOMAIN, domainXml, TestAgent, worldOf } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const UUID = '11111111-2222-4333-8444-555555555555';
const SECRET = `${UUID}@${DOMAIN}::::old password`;

let platform: TestAgent;

beforeEach(async () => {
  const world = worldOf({ xml: domainXml('stranger', UUID), state: 'running' });
  platform = await TestAgent.start({ world });
  await waitFor('the hypervisor to be online', 5000, () => platform.isOnline(HYPERVISOR));
});
afterEach(() => platform.stop());

async function managed(): Promise<readonly boolean[]> {
  const { domains } = platform.hypervisor;
  const machines = [{ jid: `${UUID}@${DOMAIN}` }];
  const admin = await platform.session('admin');
  expectOk(await askEntity(admin, HYPERVISOR, hypervisorControl.manage, { machines }));
  const texts = await Promise.all(
    [true, false].map((inactive) => domains.getXml(UUID, { secure: true, inactive })),
  );
  return texts.map((text) => expectOk(text).includes('old password'));
}

it.each(['live-and-config', 'live'] as const)(
  'takes an original agent’s credentials out of a domain that runs, where they are in %s',
  async (affected) => {
    const { domains } = platform.hypervisor;
    expectOk(await domains.setDescription(UUID, SECRET, affected));
    expect(await managed()).toEqual([false, false]);
    expect(platform.agent.host.find(UUID)?.record.password).toBe('old password');
  },
);

it('leaves a description that somebody wrote', async () => {
  const { domains } = platform.hypervisor;
  expectOk(await domains.setDescription(UUID, 'the shop', 'live-and-config'));
  await managed();
  const text = expectOk(await domains.getXml(UUID));
  expect(text).toContain('<description>the shop</description>');
});
