import { expect, it } from 'vitest';
import type { EntitySample } from '../../../../core/contract/statistics.ts';
import { busyPercent, withSample } from '../../../../renderer/features/overview/live-figures.ts';
import { fakeId } from '../../../fakes/fake-entities.ts';

type Health = Parameters<typeof withSample>[0];

const usage = { usedBytes: 400, availableBytes: 500, usedPercent: 44 };
const INFO = {
  cpu: { idlePercent: 90 },
  memory: { totalKib: 8, usedKib: 2, freeKib: 6, swappedKib: 0, sharedKib: 0 },
  load: { one: 1, five: 1, fifteen: 1 },
  disk: {
    ...usage,
    partitions: [
      { ...usage, device: 'sda1', mount: '/', sizeKib: 1 },
      { ...usage, device: 'sdb1', mount: '/srv', sizeKib: 1 },
    ],
  },
  uptime: { text: '12d 4h' },
} as unknown as Health;

const PUSHED = {
  kind: 'hypervisor',
  entity: fakeId('atoll@archipel.test'),
  at: 1,
  values: {
    cpuPercent: 25,
    memoryTotalBytes: 8192,
    memoryUsedBytes: 4096,
    memorySharedBytes: 1024,
    memorySwappedBytes: 2048,
    load1: 3,
    load5: 2,
    load15: 1.5,
    diskTotalBytes: 1000,
    diskUsedBytes: 600,
    networks: [],
    partitions: [{ mount: '/', totalBytes: 1000, usedBytes: 720 }],
  },
} as const satisfies EntitySample;

it('shows what a hypervisor pushed in place of what it answered once', () => {
  expect(withSample(INFO, PUSHED)).toMatchObject({
    memory: { totalKib: 8, usedKib: 4, freeKib: 4, swappedKib: 2, sharedKib: 1 },
    load: { one: 3, five: 2, fifteen: 1.5 },
    uptime: { text: '12d 4h' },
  });
});

it('says how busy processors are once that was measured', () => {
  const first = { ...PUSHED, isFirst: true, values: { ...PUSHED.values, cpuPercent: 0 } };
  const idle = { ...INFO, cpu: { idlePercent: 100 } } as Health;
  expect([busyPercent(INFO, undefined, true), busyPercent(INFO, PUSHED, true)]).toEqual([10, 25]);
  expect([busyPercent(idle, undefined, true), busyPercent(INFO, first, true)]).toEqual([
    undefined,
    undefined,
  ]);
  // An original agent pushes nothing: what it answers is all that is known.
  expect(busyPercent(idle, undefined, false)).toBe(0);
});

it('leaves to the system what a file system keeps for it, and alone what is not measured', () => {
  const { disk } = withSample(INFO, PUSHED);
  expect([disk.usedBytes, disk.availableBytes]).toEqual([600, 300]);
  expect(disk.partitions.map(({ mount, ...one }) => [mount, one.usedPercent])).toEqual([
    ['/', 80],
    ['/srv', (100 * 400) / 900],
  ]);
});

it('shows the answer until something was pushed', () => {
  expect(withSample(INFO, undefined)).toBe(INFO);
});
