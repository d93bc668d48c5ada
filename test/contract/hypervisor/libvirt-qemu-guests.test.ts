import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { QEMU_PROGRAMS } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { valueOf } from './bench.ts';
import { describeHypervisor, GUEST_CASES } from './contract.ts';
import { QEMU_EXPECTED, qemuSubject } from './qemu-subject.ts';

const GROUP = 'guests of libvirt with QEMU';
const canRun = requirePrograms(GROUP, QEMU_PROGRAMS);

describeHypervisor(GROUP, canRun, QEMU_EXPECTED, qemuSubject, GUEST_CASES);

describe.runIf(canRun)('a guest of QEMU', () => {
  it('runs on while its daemon restarts, and is seen to', async () => {
    const subject = await qemuSubject();
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
