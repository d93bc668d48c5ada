import { STATISTICS_GROUPS } from '../../../agent/hypervisor/statistics.ts';
import type { Expected } from './subject.ts';

/** What QEMU does, and the simulated hypervisor has to do after it. */
export const QEMU_BEHAVIOUR: Omit<Expected, 'hasBalloon' | 'interfaceDevice'> = {
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
  console: 'echoes',
  noConsole: 1,
  showsKeys: true,
  keysWhenOff: 55,
  hasProcesses: true,
};
