import { LibvirtHypervisor } from '../../../agent/hypervisor/libvirt/libvirt-hypervisor.ts';
import { bootFloppy } from '../../support/boot-sector.ts';
import { TestLibvirtd, waitFor } from '../../support/libvirtd.ts';
import type { DomainNames, Subject } from './subject.ts';

/** A connection to an own libvirtd, with virsh for the acts from outside. */
export async function libvirtSubject(
  uri: 'test:///default' | 'qemu:///session',
  domainXml: (names: DomainNames, floppy: string) => string,
): Promise<Subject> {
  const daemon = await TestLibvirtd.start();
  const floppy = await daemon.file('boot.img', bootFloppy('ARCHIPEL TEST GUEST'));
  const hypervisor = new LibvirtHypervisor({
    uri: { name: uri, sockets: [daemon.socket], logDirectory: daemon.guestLogs },
    onThrown: (cause) => {
      throw cause;
    },
  });
  await hypervisor.connect();
  const isQemu = uri.startsWith('qemu');
  return {
    hypervisor,
    domainXml: (names) => domainXml(names, floppy),
    waitForGuest: async ({ name }) => {
      if (isQemu) await waitFor('the banner', 20_000, () => daemon.showsText(name, 'ARCHIPEL'));
    },
    screenShows: async ({ name }, text) => isQemu && daemon.showsText(name, text),
    suspendFromOutside: async ({ name }) => {
      await daemon.virsh(uri, 'suspend', name);
    },
    loseDaemon: () => daemon.stopProcess(),
    returnDaemon: () => daemon.startProcess(),
    killGuest: async ({ name }) => {
      process.kill(await daemon.guestProcess(name), 'SIGKILL');
    },
    stop: async () => {
      await hypervisor.close();
      await daemon.stop();
    },
  };
}
