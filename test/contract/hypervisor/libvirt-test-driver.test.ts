import { LIBVIRTD_PROGRAMS } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { describeHypervisor } from './contract.ts';
import { libvirtSubject } from './libvirt-subject.ts';
import type { Expected } from './subject.ts';

const GROUP = 'libvirt with its test driver';

const EXPECTED: Expected = {
  driver: 'TEST',
  statistics: ['state'],
  onStart: [{ event: 'started', detail: 'booted' }],
  onShutdown: [{ event: 'stopped', detail: 'shutdown' }],
  onDestroy: [{ event: 'stopped', detail: 'destroyed' }],
  wrongState: 1,
  refusesPausedTwice: true,
  whenOff: { shutdown: 1, reboot: 55, destroy: 55, screenshot: undefined },
  console: 'unsupported',
  noConsole: undefined,
  showsKeys: false,
  keysWhenOff: 55,
  hasProcesses: false,
  hasBalloon: true,
  interfaceDevice: 'tap0',
};

describeHypervisor(GROUP, requirePrograms(GROUP, LIBVIRTD_PROGRAMS), EXPECTED, () =>
  libvirtSubject(
    'test:///default',
    ({ name, uuid }) =>
      `<domain type='test'><name>${name}</name><uuid>${uuid}</uuid><memory>32768</memory>` +
      `<vcpu current='1'>2</vcpu><os><type>hvm</type></os><devices>` +
      `<disk type='file' device='disk'><source file='/d.img'/><target dev='vda'/></disk>` +
      `<interface type='network'><source network='default'/><target dev='tap0'/></interface>` +
      `</devices></domain>`,
  ),
);
