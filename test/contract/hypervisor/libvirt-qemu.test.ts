import { STATISTICS_GROUPS } from '../../../agent/hypervisor/statistics.ts';
import { QEMU_PROGRAMS } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { describeHypervisor } from './contract.ts';
import { libvirtSubject } from './libvirt-subject.ts';
import type { Expected } from './subject.ts';

const GROUP = 'libvirt with QEMU';

const EXPECTED: Expected = {
  driver: 'QEMU',
  statistics: STATISTICS_GROUPS,
  onStart: [
    { event: 'resumed', detail: 'unpaused' },
    { event: 'started', detail: 'booted' },
  ],
  onShutdown: [
    { event: 'shutdown', detail: 'guest' },
    { event: 'stopped', detail: 'shutdown' },
  ],
  onDestroy: [
    { event: 'shutdown', detail: 'host' },
    { event: 'stopped', detail: 'destroyed' },
  ],
  wrongState: 55,
  refusesPausedTwice: false,
  whenOff: { shutdown: 55, reboot: 55, destroy: 55, screenshot: 55 },
  hasProcesses: true,
  // Our little guest has no driver for it.
  hasBalloon: false,
  interfaceDevice: undefined,
};

describeHypervisor(GROUP, requirePrograms(GROUP, QEMU_PROGRAMS), EXPECTED, () =>
  libvirtSubject(
    'qemu:///session',
    ({ name, uuid }, floppy) =>
      `<domain type='qemu'><name>${name}</name><uuid>${uuid}</uuid><memory>32768</memory>` +
      `<vcpu current='1'>2</vcpu><os><type arch='x86_64' machine='pc'>hvm</type><boot dev='fd'/></os>` +
      `<features><acpi/></features><devices>` +
      `<disk type='file' device='floppy'><driver name='qemu' type='raw'/>` +
      `<source file='${floppy}'/><target dev='fda'/><readonly/></disk>` +
      `<interface type='user'/><video><model type='vga'/></video>` +
      `</devices></domain>`,
  ),
);
