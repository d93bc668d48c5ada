import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { QEMU_PROGRAMS } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { valueOf } from './bench.ts';
import { describeHypervisor } from './contract.ts';
import { libvirtSubject } from './libvirt-subject.ts';
import { QEMU_BEHAVIOUR } from './qemu-behaviour.ts';
import type { DomainNames, Expected } from './subject.ts';

const GROUP = 'libvirt with QEMU';

const EXPECTED: Expected = {
  ...QEMU_BEHAVIOUR,
  // Our little guest has no driver for it.
  hasBalloon: false,
  interfaceDevice: undefined,
};

const domainXml = ({ name, uuid }: DomainNames, floppy: string): string =>
  `<domain type='qemu'><name>${name}</name><uuid>${uuid}</uuid><memory>32768</memory>` +
  `<vcpu current='1'>2</vcpu><os><type arch='x86_64' machine='pc'>hvm</type><boot dev='fd'/></os>` +
  `<features><acpi/></features><devices>` +
  `<disk type='file' device='floppy'><driver name='qemu' type='raw'/>` +
  `<source file='${floppy}'/><target dev='fda'/><readonly/></disk>` +
  `<interface type='user'/><serial type='pty'/><console type='pty'/><video><model type='vga'/></video>` +
  `</devices></domain>`;

const canRun = requirePrograms(GROUP, QEMU_PROGRAMS);

describeHypervisor(GROUP, canRun, EXPECTED, () => libvirtSubject('qemu:///session', domainXml));

describe.runIf(canRun)('a guest of QEMU', () => {
  it('runs on while its daemon restarts, and is seen to', async () => {
    const subject = await libvirtSubject('qemu:///session', domainXml);
    const { hypervisor } = subject;
    try {
      const names = { name: 'steady', uuid: randomUUID() };
      valueOf(await hypervisor.domains.defineXml(subject.domainXml(names)));
      const id = valueOf(await hypervisor.domains.create(names.uuid));
      await subject.loseDaemon();
      const up = new Promise<void>((settle) => {
        hypervisor.onConnection(({ state }) => {
          if (state === 'connected') settle();
        });
      });
      await subject.returnDaemon();
      await up;
      expect(valueOf(await hypervisor.domains.list())).toEqual([
        { ...names, id, state: 'running', persistent: true, autostart: false },
      ]);
    } finally {
      await subject.stop();
    }
  });
});
