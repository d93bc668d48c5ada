import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LibvirtHypervisor } from '../../../agent/hypervisor/libvirt/libvirt-hypervisor.ts';
import { bootFloppy } from '../../support/boot-sector.ts';
import { QEMU_PROGRAMS, TestLibvirtd } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { NAMESPACE_PROGRAMS, requireNamespaces } from '../../support/system-namespace.ts';
import { valueOf } from './bench.ts';

const GROUP = 'the system’s libvirt with QEMU';
const canRun =
  requirePrograms(GROUP, [...QEMU_PROGRAMS, ...NAMESPACE_PROGRAMS]) && requireNamespaces(GROUP);

/** What only a daemon of root has. */
describe.runIf(canRun)(GROUP, () => {
  const uuid = randomUUID();
  let daemon: TestLibvirtd;
  let hypervisor: LibvirtHypervisor;

  beforeAll(async () => {
    daemon = await TestLibvirtd.start('system');
    hypervisor = new LibvirtHypervisor({
      uri: { name: daemon.qemuUri, sockets: [daemon.socket] },
      onThrown: (cause) => {
        throw cause;
      },
    });
    valueOf(await hypervisor.connect());
    const floppy = await daemon.file('boot.img', bootFloppy('SYSTEM'));
    valueOf(
      await hypervisor.domains.defineXml(
        `<domain type='qemu'><name>wired</name><uuid>${uuid}</uuid><memory>32768</memory>` +
          `<os><type arch='x86_64' machine='pc'>hvm</type><boot dev='fd'/></os><features><acpi/></features>` +
          `<devices><disk type='file' device='floppy'><source file='${floppy}'/><target dev='fda'/></disk>` +
          `<interface type='ethernet'><target dev='wire0'/></interface></devices></domain>`,
      ),
    );
    valueOf(await hypervisor.domains.create(uuid));
  });

  afterAll(async () => {
    await hypervisor.close();
    await daemon.stop();
  });

  it('is what it says', async () => {
    expect(valueOf(await hypervisor.connect())).toMatchObject({
      uri: 'qemu:///system',
      driver: 'QEMU',
    });
  });

  it('counts what goes through an interface', async () => {
    const counters = valueOf(await hypervisor.domains.interfaceStats(uuid, 'wire0'));
    expect(Object.keys(counters)).toEqual([
      'rxBytes',
      'rxPackets',
      'rxErrors',
      'rxDropped',
      'txBytes',
      'txPackets',
      'txErrors',
      'txDropped',
    ]);
    expect(Object.values(counters).every(Number.isSafeInteger)).toEqual(true);
  });

  it('has the interface in its bulk statistics, by the name it has on the host', async () => {
    const all = valueOf(await hypervisor.domains.statistics(['interface', 'block', 'cpu']));
    expect(all.map(({ interfaces, blocks }) => [interfaces?.[0]?.name, blocks?.[0]?.name])).toEqual(
      [['wire0', 'fda']],
    );
    expect((all[0]?.cpuTimeNs ?? 0n) > 0n).toEqual(true);
  });
});
