import { expect, it } from 'vitest';
import { LimitWatch, type LimitPassed } from '../../../../client/statistics/limit-watch.ts';
import type { Settings } from '../../../../core/contract/settings.ts';
import type { EntitySample, StatisticsWatch } from '../../../../core/contract/statistics.ts';
import { entityId } from '../../../../core/domain/entity.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

const NODE = entityId(ACCOUNT, jid('node7@example.org'));

function sample(cpuPercent: number): EntitySample {
  const memory = { memoryTotalBytes: 100, memoryUsedBytes: 10, memorySharedBytes: 0 };
  const rest = {
    memorySwappedBytes: 0,
    load1: 0,
    load5: 0,
    load15: 0,
    networks: [],
    partitions: [],
  };
  const disk = { diskTotalBytes: 100, diskUsedBytes: 10 };
  return {
    kind: 'hypervisor',
    entity: NODE,
    at: 0,
    values: { cpuPercent, ...memory, ...disk, ...rest },
  };
}

function begin(limits: Settings['limits']) {
  const watched: unknown[] = [];
  const passed: LimitPassed[] = [];
  const kept: unknown[] = [];
  const desk = {
    watch: (_window: number, { fleet }: StatisticsWatch) => void watched.push(fleet),
    unwatch: () => void watched.push('ended'),
  };
  const settings = { limits };
  const watch = new LimitWatch(desk, () => settings.limits, {
    passed: (one) => void passed.push(one),
    kept: (entity, other) => void kept.push([entity, other?.name]),
  });
  return { watch, watched, passed, kept, settings };
}

it('tells once that a limit was passed, and again only after it was clearly kept', () => {
  const { watch, passed } = begin({ cpu: 90, memory: null, disk: null });
  for (const percent of [50, 91, 95, 88, 92, 84, 90]) watch.take([sample(percent)]);
  expect(passed.map(({ percent }) => percent)).toEqual([91, 90]);
});

it('asks for samples of hypervisors alone, and only while any limit is set', () => {
  const { watch, watched, settings } = begin({ cpu: null, memory: 80, disk: null });
  watch.adjust();
  settings.limits = { cpu: null, memory: null, disk: null };
  watch.adjust();
  expect(watched).toEqual(['hypervisors', 'ended']);
});

it('says that a limit is kept again, and which one is not', () => {
  const { watch, passed, kept } = begin({ cpu: 90, memory: 10, disk: null });
  for (const percent of [95, 88, 80, 80]) watch.take([sample(percent)]);
  expect([passed.map(({ name }) => name), kept]).toEqual([['cpu', 'memory'], [[NODE, 'memory']]]);
});

it('says that limits that are taken back are kept, also where no sample comes any more', () => {
  const { watch, kept, settings } = begin({ cpu: 90, memory: 10, disk: null });
  watch.take([sample(95)]);
  settings.limits = { cpu: null, memory: null, disk: null };
  watch.adjust();
  watch.adjust();
  expect(kept).toEqual([
    [NODE, 'memory'],
    [NODE, undefined],
  ]);
});

it('takes what a restarted agent does not know yet neither for kept nor for passed', () => {
  const { watch, passed, kept } = begin({ cpu: 90, memory: null, disk: null });
  for (const percent of [95, 0, 96]) watch.take([{ ...sample(percent), isFirst: percent === 0 }]);
  expect([passed.map(({ percent }) => percent), kept]).toEqual([[95], []]);
});

it('holds a limit that is set now against what was measured before', () => {
  const { watch, passed, settings } = begin({ cpu: 99, memory: null, disk: null });
  watch.take([sample(95)]);
  settings.limits = { cpu: 90, memory: null, disk: null };
  watch.adjust();
  expect(passed.map(({ limit }) => limit)).toEqual([90]);
});
