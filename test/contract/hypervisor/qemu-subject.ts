import { libvirtSubject } from './libvirt-subject.ts';
import { QEMU_BEHAVIOUR } from './qemu-behaviour.ts';
import type { DomainNames, Expected, Subject } from './subject.ts';

export const QEMU_EXPECTED: Expected = {
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

/** QEMU through a libvirtd of an ordinary user. */
export function qemuSubject(): Promise<Subject> {
  return libvirtSubject('qemu:///session', domainXml);
}
