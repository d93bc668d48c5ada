import { expect, it } from 'vitest';
import type { EntityId } from '../../../../../core/domain/entity.ts';
import {
  machineInfoValues,
  OriginalReadings,
} from '../../../../../renderer/features/health/original-values.ts';

const HOST = 'admin@demo>old-01@demo' as EntityId;

type Info = Parameters<OriginalReadings['valuesOf']>[0];

function info(date: string, deltaBytes: number): Info {
  return {
    cpu: { date, idlePercent: 104 },
    memory: { date, totalKib: 8, usedKib: 4, freeKib: 4, sharedKib: 1, swappedKib: 2 },
    load: { date, one: 0.5, five: 0.25, fifteen: 0.125 },
    disk: {
      usedBytes: 30,
      availableBytes: 70,
      usedPercent: 30,
      partitions: [
        {
          mount: '/',
          device: '/dev/sda',
          sizeKib: 1,
          usedBytes: 30,
          availableBytes: 70,
          usedPercent: 30,
        },
      ],
    },
    networks: [{ name: 'eth0', deltaBytes }],
  };
}

/** The values by their names, with the device where there is one. */
function named(values: ReturnType<OriginalReadings['valuesOf']>): Record<string, number> {
  return Object.fromEntries(
    values.map(({ name, device, value }) => [
      device === undefined ? name : `${name} ${device}`,
      value,
    ]),
  );
}

it('gives what an original agent says in the units of ours', () => {
  const readings = new OriginalReadings(HOST);
  expect(named(readings.valuesOf(info('2026-11-23 01:00:00.000000', 500)))).toEqual({
    cpu: 0,
    'memory-total': 8192,
    'memory-used': 4096,
    'memory-shared': 1024,
    'memory-swapped': 2048,
    'load-1': 0.5,
    'load-5': 0.25,
    'load-15': 0.125,
    'disk-total': 100,
    'disk-used': 30,
    'partition-total /': 1024,
    'partition-used /': 30,
  });
});

it('makes rates of what passed a network device, by the times that the agent tells', () => {
  const readings = new OriginalReadings(HOST);
  const rateAt = (date: string, bytes: number) =>
    named(readings.valuesOf(info(date, bytes)))['network-received eth0'];
  expect([
    rateAt('2026-11-23 01:00:00.000000', 500),
    rateAt('2026-11-23 01:00:05.000000', 500),
    // Asked again before it measured again: nothing passed in no time.
    rateAt('2026-11-23 01:00:05.000000', 500),
    // Its clock was set back.
    rateAt('2026-11-23 00:00:00.000000', 500),
    rateAt('2026-11-23 00:00:02.500000', 500),
  ]).toEqual([undefined, 100, undefined, undefined, 200]);
});

it('keeps the processors of a machine within a whole', () => {
  const values = machineInfoValues(HOST, { cpuPercent: 130, memoryKib: 2, maxMemoryKib: 4 });
  expect(named(values)).toEqual({ cpu: 100, 'memory-used': 2048, 'memory-total': 4096 });
});
