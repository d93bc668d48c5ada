import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MachineFolders } from '../../../agent/machines/machine-files.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import type { XmppSession } from '../../../node/xmpp/session.ts';
import { askEntity } from '../../support/ask-entity.ts';
import { expectErr, expectOk } from '../../support/expect-result.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { DOMAIN, domainXml, TestAgent, worldOf } from './test-agent.ts';

const HYPERVISOR = `atoll@${DOMAIN}/atoll`;
const UUID = '11111111-2222-4333-8444-555555555555';
const OTHER = '99999999-2222-4333-8444-555555555555';
const ERROR = { code: 'libvirt', number: 1, domain: 10, level: 2, message: 'no' } as const;

describe('the name of a machine', () => {
  let platform: TestAgent;
  let admin: XmppSession;

  beforeEach(async () => {
    const worlds = [
      { xml: domainXml('one', UUID), state: 'shutoff' },
      { xml: domainXml('other', OTHER), state: 'shutoff' },
    ] as const;
    platform = await TestAgent.start({ world: worldOf(...worlds) });
    admin = await platform.session('admin');
    await waitFor('the hypervisor to be online', 5000, () => platform.isOnline(HYPERVISOR));
    const machines = [UUID, OTHER].map((uuid) => ({ jid: `${uuid}@${DOMAIN}` }));
    expectOk(await askEntity(admin, HYPERVISOR, hypervisorControl.manage, { machines }));
    expectOk(await platform.hypervisor.domains.setAutostart(UUID, true));
  });
  afterEach(async () => platform.stop());

  const rename = (target: string, name: string) =>
    askEntity(admin, HYPERVISOR, hypervisorControl.setorginfo, {
      target,
      name,
      organisation: undefined,
      unit: undefined,
      locality: undefined,
      owner: undefined,
      categories: undefined,
    });

  it('stays, with the automatic start, when libvirt refuses the new one', async () => {
    const { domains, faults } = platform.hypervisor;
    faults.failNext('defineXml', ERROR);
    expect(expectErr(await rename(UUID, 'two'))).toMatchObject({ number: 1 });
    expect(expectOk(await domains.lookupByUuid(UUID)).name).toBe('one');
    expect(expectOk(await domains.getAutostart(UUID))).toBe(true);
    expect(platform.agent.host.find(UUID)!.record.name).toBe('one');
    const kept = expectOk(await platform.store.machines.load()) ?? [];
    expect(kept.map(({ name }) => name)).toEqual(['one', 'other']);
  });

  it('leaves the definition in a file when libvirt does not take it back', async () => {
    const base = await mkdtemp(join(tmpdir(), 'renaming-'));
    const folders = new MachineFolders(base);
    const { files } = platform.agent.host;
    const { keepDefinition } = files;
    files.keepDefinition = (uuid, text) => folders.keepDefinition(uuid, text);
    platform.hypervisor.faults.failNext('defineXml', ERROR);
    platform.hypervisor.faults.failNext('defineXml', ERROR);
    expect(expectErr(await rename(UUID, 'two'))).toMatchObject({ number: 1 });
    const path = join(base, UUID, 'lost-definition.xml');
    expect(await readFile(path, 'utf8')).toContain('<name>one</name>');
    expect(platform.lines.filter((line) => line.endsWith(`see ${path}`))).toHaveLength(1);
    expect(platform.agent.host.find(UUID)!.entity.presence.status).toBe('Not defined');
    files.keepDefinition = keepDefinition;
    await rm(base, { recursive: true });
  });

  it('goes to one of two machines that want the same at once', async () => {
    const renamed = await Promise.all([rename(UUID, 'same'), rename(OTHER, 'Same')]);
    expect(renamed.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const kept = expectOk(await platform.store.machines.load()) ?? [];
    const names = kept.map(({ name }) => name.toLowerCase());
    expect(names.filter((name) => name === 'same')).toHaveLength(1);
  });
});
