import { QEMU_PROGRAMS } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { describeHypervisor, DOMAIN_CASES } from './contract.ts';
import { QEMU_EXPECTED, qemuSubject } from './qemu-subject.ts';

const GROUP = 'domains of libvirt with QEMU';
const canRun = requirePrograms(GROUP, QEMU_PROGRAMS);

describeHypervisor(GROUP, canRun, QEMU_EXPECTED, qemuSubject, DOMAIN_CASES);
