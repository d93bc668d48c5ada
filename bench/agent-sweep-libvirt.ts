import { LibvirtHypervisor } from '../agent/hypervisor/libvirt/libvirt-hypervisor.ts';
import { ManualClock } from '../agent/hypervisor/simulated/manual-clock.ts';
import { QEMU_PROGRAMS, TestLibvirtd } from '../test/support/libvirtd.ts';
import { whatIsMissing } from '../test/support/required-programs.ts';
import { measureSweeps } from './measuring/agent-sweeps.ts';
import type { Bench, Run } from './measuring/bench.ts';
import { startPausedGuests } from './platform/paused-guests.ts';

/** Guests of the short form, and of the long one, which take 7 GB of memory. */
const FEW = 50;
const MANY = 500;
const WARM_UP = 10;
const SWEEPS = 30;

async function sweep(guests: number): Promise<Run> {
  const missing = whatIsMissing(QEMU_PROGRAMS);
  if (missing !== undefined) throw new Error(missing);
  const daemon = await TestLibvirtd.start();
  const hypervisor = new LibvirtHypervisor({
    uri: { name: daemon.qemuUri, sockets: [daemon.socket], logDirectory: daemon.guestLogs },
    onThrown: (cause) => {
      throw cause;
    },
  });
  try {
    await startPausedGuests(daemon, guests);
    const clock = new ManualClock(Date.now());
    const sweeps = { clock, domains: guests, warmUp: WARM_UP, times: SWEEPS };
    const { reading, call } = await measureSweeps(hypervisor, sweeps);
    const peer = { name: `one bare bulk call of libvirt, ${guests} guests of QEMU`, value: call };
    return [{ name: 'agent.sweep-libvirt', value: reading, unit: 'ms', peer }];
  } finally {
    await hypervisor.close();
    await daemon.stop();
  }
}

/** The same as `agent.sweep-500`, with libvirt's own daemon and guests of QEMU beneath. */
export const agentSweepLibvirt: Bench = {
  name: 'agent.sweep-libvirt',
  runs: 1,
  run: ({ isLong }) => sweep(isLong ? MANY : FEW),
};
