import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../agent/hypervisor/domain-event.ts';
import { definitionText } from '../../../core/protocol/definition-text.ts';
import { hypervisorControl } from '../../../core/protocol/hypervisor-control.ts';
import { vmControl } from '../../../core/protocol/vm-control.ts';
import { parseJid } from '../../../core/domain/jid.ts';
import { bootFloppy } from '../../support/boot-sector.ts';
import { expectOk } from '../../support/expect-result.ts';
import { QEMU_PROGRAMS, TestLibvirtd, waitFor } from '../../support/libvirtd.ts';
import { PROSODY_PROGRAMS, TestProsody } from '../../support/prosody.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { AgentBench } from './agent-bench.ts';
import { Observer } from './observer.ts';

const URI = 'qemu:///session';
/** A presence is seen within this time of libvirt's event. */
const PROMPT_MS = 2000;

const canRun = requirePrograms('Agent on QEMU', [...PROSODY_PROGRAMS, ...QEMU_PROGRAMS]);

describe.runIf(canRun)('an agent on QEMU', () => {
  let server: TestProsody;
  let libvirtd: TestLibvirtd;
  let bench: AgentBench;
  let admin: Observer;
  let floppy: string;

  beforeAll(async () => {
    server = await TestProsody.start();
    libvirtd = await TestLibvirtd.start();
    floppy = await libvirtd.file('boot.img', bootFloppy('ARCHIPEL TEST GUEST'));
    const { description } = server;
    admin = await Observer.online(description, description.admin);
    bench = await AgentBench.start({ server: description, libvirtd, uri: URI });
    await waitFor('the hypervisor to be online', 10_000, () => bench.isOnline(bench.jid));
    await admin.watch(bench.jid);
  });

  afterAll(async () => {
    await admin.stop();
    await bench.stop();
    await libvirtd.stop();
    await server.stop();
  });

  const domainXml = (name: string, uuid: string): string =>
    `<domain type='qemu'><name>${name}</name><uuid>${uuid}</uuid><memory>32768</memory>` +
    `<vcpu>1</vcpu><os><type arch='x86_64' machine='pc'>hvm</type><boot dev='fd'/></os>` +
    `<features><acpi/></features><devices>` +
    `<disk type='file' device='floppy'><driver name='qemu' type='raw'/>` +
    `<source file='${floppy}'/><target dev='fda'/><readonly/></disk>` +
    `<interface type='user'/><video><model type='vga'/></video></devices></domain>`;

  it('starts a guest, shuts it down and shows each within two seconds of the event', async () => {
    const uuid = randomUUID();
    await libvirtd.virsh(URI, 'define', await libvirtd.file('guest.xml', domainXml('guest', uuid)));
    const machines = [{ jid: `${uuid}@${server.description.domain}` }];
    expectOk(await admin.ask(bench.jid, hypervisorControl.manage, { machines }));
    const jid = bench.machineJid(uuid);
    await waitFor('the machine to be online', 10_000, () => bench.isOnline(jid));
    await admin.watch(jid);
    await admin.see(jid, 'Off');
    const events: DomainEvent[] = [];
    const { domains } = bench.agent.host.hypervisor;
    const stop = domains.onEvent((event) => events.push(event));
    const seen = async (event: DomainEvent['event'], status: string): Promise<void> => {
      await waitFor(`libvirt to tell ${event}`, 30_000, () => {
        return events.some((one) => one.event === event);
      });
      await admin.see(jid, status, PROMPT_MS);
    };

    const created = expectOk(await admin.ask(jid, vmControl.create, {}));
    expect(Number(created?.id)).toBeGreaterThan(0);
    await seen('started', 'Running');
    await waitFor('the banner', 30_000, () => libvirtd.showsText('guest', 'ARCHIPEL'));
    const shot = expectOk(await admin.ask(jid, vmControl.screenshot, { size: 'thumbnail' }));
    expect(shot).toMatchObject({ mime: 'image/png' });
    expect(expectOk(await admin.ask(jid, vmControl.info, {}))).toMatchObject({ state: 1 });

    expectOk(await admin.ask(jid, vmControl.shutdown, {}));
    await seen('stopped', 'Off');
    stop();
    expectOk(await admin.ask(bench.jid, hypervisorControl.free, { jid }));
    await waitFor('the machine to go', 10_000, () => !admin.shown.has(jid));
    expect(await libvirtd.virsh(URI, 'list', '--all', '--uuid')).not.toContain(uuid);
  });

  it('renames, clones and describes a machine that is off', async () => {
    const made = await admin.ask(bench.jid, hypervisorControl.alloc, {
      name: 'mother ship',
      organisation: 'Fleet',
      unit: undefined,
      locality: undefined,
      owner: undefined,
      categories: undefined,
      domain: undefined,
    });
    const uuid = parseJid(expectOk(made).jid)!.node!;
    const jid = bench.machineJid(uuid);
    await waitFor('the machine to be online', 10_000, () => bench.isOnline(jid));
    await admin.watch(jid);
    const text = domainXml('mother ship', uuid);
    expectOk(await admin.ask(jid, definitionText.define, { base: undefined, text }));
    await admin.see(jid, 'Off');
    const other = { target: uuid, name: 'daughter ship' } as const;
    const nothing = {
      organisation: undefined,
      unit: undefined,
      owner: undefined,
      locality: undefined,
      categories: undefined,
    };
    expectOk(await admin.ask(bench.jid, hypervisorControl.setorginfo, { ...other, ...nothing }));
    const names = async (): Promise<string> => libvirtd.virsh(URI, 'list', '--all', '--name');
    expect(await names()).toContain('daughter ship');
    expectOk(await admin.ask(bench.jid, hypervisorControl.clone, { jid, name: 'grandchild' }));
    await waitFor('the copy to be defined', 10_000, async () => {
      return (await names()).includes('grandchild');
    });
    const [dumpOfCopy, dump] = await Promise.all(
      ['grandchild', 'daughter ship'].map((name) => libvirtd.virsh(URI, 'dumpxml', name)),
    );
    const macOf = (xml: string | undefined): string | undefined =>
      /<mac address='([^']+)'/.exec(xml ?? '')?.[1];
    expect(macOf(dumpOfCopy)).not.toBe(macOf(dump));
    expect(dumpOfCopy).not.toContain(uuid);
    await admin.see(jid, 'Off');
  });
});
