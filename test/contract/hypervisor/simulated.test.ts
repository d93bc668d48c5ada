import { SimulatedHypervisor } from '../../../agent/hypervisor/simulated/simulated-hypervisor.ts';
import { systemClock, type Clock } from '../../../node/xmpp/clock.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { describeHypervisor } from './contract.ts';
import { QEMU_BEHAVIOUR } from './qemu-behaviour.ts';
import type { Expected } from './subject.ts';

const EXPECTED: Expected = {
  ...QEMU_BEHAVIOUR,
  hasBalloon: true,
  interfaceDevice: 'tap0',
};

const NODE = {
  model: 'x86_64',
  memoryKiB: 65_536_000,
  cpus: 16,
  mhz: 2900,
  numaNodes: 1,
  sockets: 1,
  coresPerSocket: 8,
  threadsPerCore: 2,
};

/** How much faster than ours time passes for the guests, which boot for seconds. */
const HASTE = 20;
const begun = systemClock.now();
const hasty: Clock = {
  now: () => begun + (systemClock.now() - begun) * HASTE,
  after: (delayMs, run) => systemClock.after(delayMs / HASTE, run),
};

describeHypervisor('the simulated hypervisor', true, EXPECTED, async () => {
  const hypervisor = new SimulatedHypervisor({
    world: { hostname: 'contract', node: NODE, domains: [] },
    seed: 1,
    clock: hasty,
    onThrown: (cause) => {
      throw cause;
    },
  });
  await hypervisor.connect();
  return {
    hypervisor,
    domainXml: ({ name, uuid }) =>
      `<domain type='kvm'><name>${name}</name><uuid>${uuid}</uuid><memory>32768</memory>` +
      `<vcpu current='1'>2</vcpu><os><type>hvm</type></os><devices>` +
      `<disk type='file' device='disk'><source file='/d.img'/><target dev='vda'/></disk>` +
      `<interface type='network'><source network='default'/><target dev='tap0'/></interface>` +
      `<serial type='pty'/><console type='pty'/></devices></domain>`,
    // Until it has booted.
    waitForGuest: async ({ uuid }) =>
      waitFor('the login', 10_000, () => {
        return hypervisor.screenLines(uuid)?.at(-1)?.includes('login:') === true;
      }),
    screenShows: async ({ uuid }, text) =>
      hypervisor.screenLines(uuid)?.join('\n').includes(text) === true,
    suspendFromOutside: async ({ uuid }) => {
      await hypervisor.domains.suspend(uuid);
    },
    loseDaemon: async () => hypervisor.faults.loseDaemon(),
    returnDaemon: async () => hypervisor.faults.returnDaemon(),
    killGuest: async ({ uuid }) => {
      hypervisor.faults.killGuest(uuid);
    },
    stop: () => hypervisor.close(),
  };
});
