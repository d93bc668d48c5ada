import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ProcProbe } from '../../../../agent/health/proc-probe.ts';
import { StartTimes } from '../../../../agent/health/start-times.ts';
import type { DomainStatistics } from '../../../../agent/hypervisor/statistics.ts';

const ONE = '11111111-2222-4333-8444-555555555555';
const TWO = '22222222-2222-4333-8444-555555555555';
const NONE = { cpuTimeNs: 1n, balloon: undefined, vcpus: undefined } as const;

function machine(uuid: string, startedAtMs?: number): DomainStatistics {
  const one = { uuid, name: uuid, state: 'running', ...NONE } as const;
  const parts = { ...one, interfaces: undefined, blocks: undefined };
  return startedAtMs === undefined ? parts : { ...parts, startedAtMs };
}

/** Start times on a clock and with processes that a test sets. */
function begin() {
  const world = { nowMs: 1000, processes: new Map<string, number>(), looks: 0 };
  const probe = {
    startsOf: async (uuids: ReadonlySet<string>) => {
      world.looks += 1;
      return new Map([...world.processes].filter(([uuid]) => uuids.has(uuid)));
    },
  };
  const starts = new StartTimes(probe, () => world.nowMs);
  const known = async (...machines: DomainStatistics[]) => {
    const added = await starts.added(new Map(machines.map((one) => [one.uuid, one])));
    return [...added.values()].map(({ startedAtMs }) => startedAtMs);
  };
  const happened = (uuid: string, event: 'started' | 'stopped', detail: string) =>
    starts.happened({ uuid, name: uuid, id: 1, event, detail } as never);
  return { world, starts, known, happened };
}

it('knows since when machines run that were started while it looked on', async () => {
  const { world, known, happened } = begin();
  happened(ONE, 'started', 'booted');
  world.nowMs = 5000;
  expect(await known(machine(ONE), machine(TWO))).toEqual([1000, undefined]);
  happened(ONE, 'started', 'wakeup');
  expect(await known(machine(ONE))).toEqual([1000]);
  happened(ONE, 'stopped', 'shutdown');
  happened(ONE, 'started', 'booted');
  expect(await known(machine(ONE))).toEqual([5000]);
});

it('asks the processes of those that ran before, once, and anew when events may be missing', async () => {
  const { world, starts, known } = begin();
  world.processes.set(ONE, 700);
  expect(await known(machine(ONE), machine(TWO))).toEqual([700, undefined]);
  await known(machine(ONE), machine(TWO));
  expect(world.looks).toBe(1);
  world.processes.set(ONE, 900);
  starts.forget();
  expect(await known(machine(ONE), machine(TWO))).toEqual([900, undefined]);
});

it('believes the hypervisor first, and looks for nothing then', async () => {
  const { world, known } = begin();
  expect(await known(machine(ONE, 42))).toEqual([42]);
  expect(world.looks).toBe(0);
});

/** A name may hold anything; the start is the 22nd field, in hundredths of a second since the boot. */
const STAT = '17 (qemu (1) 2) S 1 1 1 0 -1 4194560 1 0 0 0 5 3 0 0 20 0 4 0 4200 1 1 184';
let proc = '';

beforeAll(async () => {
  proc = await mkdtemp(path.join(tmpdir(), 'archipel-proc-'));
  const files = {
    stat: 'cpu  1 2 3 4\nbtime 1700000000\n',
    '17/cmdline': `/usr/bin/qemu-system-x86_64\0-name\0guest=web\0-uuid\0${ONE.toUpperCase()}\0`,
    '17/stat': STAT,
    '18/cmdline': `/usr/bin/qemu-system-x86_64\0-uuid\0${TWO}\0`,
    '18/stat': '18',
    '19/cmdline': '/bin/sh\0-c\0true\0',
  };
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(proc, name)), { recursive: true });
    await writeFile(path.join(proc, name), text);
  }
});
afterAll(() => rm(proc, { recursive: true }));

it('reads from the processes of this machine when their domains were started', async () => {
  const starts = await new ProcProbe(proc).startsOf(new Set([ONE, TWO]));
  expect([...starts]).toEqual([[ONE, 1_700_000_042_000]]);
});
