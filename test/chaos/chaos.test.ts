import { inspect } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/libvirtd.ts';
import { ChaosOrders } from './chaos-orders.ts';
import { ChaosWorld } from './chaos-world.ts';
import { explain, mismatches } from './diagnosis.ts';
import {
  type AtRest,
  BACK_MS,
  type Footprint,
  heldWith,
  measureAtRest,
  measureFootprint,
} from './footprint.ts';
import { heapBounds, HeapWatch } from './heap-watch.ts';

/** What `npm run chaos` was given, or the short form that is among the tests. */
const given = (name: string, short: number): number =>
  Number(process.env[`ARCHIPEL_CHAOS_${name}`] ?? short);

const SECONDS = given('SECONDS', 60);
const SEED = given('SEED', 1);
const SIZE = { hypervisors: given('HYPERVISORS', 6), machines: given('VMS', 5), seed: SEED };
/** On a machine that is slow it takes longer until as many orders are given. */
const LEAST_ORDERS = SECONDS >= 60 ? 1000 : 1;
const LONGEST_MS = 3 * SECONDS * 1000;
const ENTITIES = SIZE.hypervisors * (1 + SIZE.machines);
const SETTLED_MS = 60_000 + 20 * ENTITIES;
/** Each entity logs in by itself, and out again. */
const STARTED_MS = 60_000 + 100 * ENTITIES;
/** What is late rather than lost is there by then. */
const LATE_MS = 60_000;

let world: ChaosWorld;
let orders: ChaosOrders;
let before: Footprint;
let entitiesBefore: number;
let heap: HeapWatch;

/** What may go wrong, with how often of a hundred. */
const STEPS: readonly (readonly [percent: number, step: () => unknown])[] = [
  [0.5, () => world.cutClient()],
  [0.2, () => world.restartServer()],
  [0.5, () => world.restartAgent()],
  [0.3, () => world.killAgent()],
  [3.5, () => world.changeNetwork()],
  [3, () => world.rename()],
  [7, () => world.happen((machine) => orders.isBusy(machine))],
  [5, () => world.useWindow()],
  [80, () => orders.give()],
];
const PAUSE_MS = 20;

async function step(): Promise<void> {
  let draw = world.random() * 100;
  const found = STEPS.find(([percent]) => (draw -= percent) < 0);
  await found?.[1]();
}

function isSame(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  return one.size === other.size && [...one].every(([node, line]) => other.get(node) === line);
}

/** Waits until all is as it should be, or for so long: what is wrong then is told better by what was expected. */
async function settled(): Promise<void> {
  const isOver = async (): Promise<boolean> =>
    orders.waiting + orders.open().length === 0 && isSame(world.tree(), await world.truth());
  await waitFor('the end of chaos', SETTLED_MS, isOver).catch(() => undefined);
}

function tellProgress(seconds: number, heapBytes: number): void {
  const heap = `${(heapBytes / 1e6).toFixed(0)} MB of heap`;
  console.log(`chaos: ${seconds.toFixed(0)} of ${SECONDS} s, ${orders.count} orders, ${heap}`);
}

/** Says where the truth was lost, and of what is shown wrong whether that lasts. */
async function tellMismatches(): Promise<void> {
  const wrong = await mismatches(world);
  if (wrong.length === 0) return;
  const told = await explain(world, wrong);
  console.log(`chaos: ${wrong.length} are shown wrong:`, inspect(told, { depth: 6 }));
  const isRight = async (): Promise<boolean> => (await mismatches(world)).length === 0;
  await waitFor('the truth', LATE_MS, isRight).catch(() => undefined);
  const still = await mismatches(world);
  console.log(`chaos: ${still.length} are so after ${LATE_MS / 1000} s more:`, still);
}

/** Says of those whose links are missing how these ended. */
async function tellLinks({ wrong, stillDown }: AtRest): Promise<void> {
  if (wrong.length + stillDown.length === 0) return;
  const down = [...new Set([...stillDown, ...(await world.down())])];
  console.log(`chaos: ${wrong.join(', ')}; down are ${down.length}:`, down);
  console.log('chaos:', inspect(await explain(world, down), { depth: 6 }));
}

beforeAll(async () => {
  world = await ChaosWorld.start(SIZE);
  orders = new ChaosOrders(world);
  before = measureFootprint();
  world.client.application.recorder.clear();
  heap = new HeapWatch(SECONDS);
  entitiesBefore = (await world.truth()).size;
}, STARTED_MS);

afterAll(async () => {
  await world.stop();
}, STARTED_MS);

it(
  `survives ${SECONDS} s of chaos with the seed ${SEED}`,
  { timeout: LONGEST_MS + 3 * SETTLED_MS + LATE_MS + 2 * BACK_MS },
  async () => {
    const began = performance.now();
    const isOver = (): boolean => {
      const passedMs = performance.now() - began;
      const isEnough = passedMs >= SECONDS * 1000 && orders.count >= LEAST_ORDERS;
      return isEnough || passedMs > LONGEST_MS;
    };
    while (!isOver()) {
      await step();
      if (heap.isDue) {
        // The stanzas that are kept to be looked at are bounded, and would hide what is not.
        world.client.application.recorder.clear();
        tellProgress((performance.now() - began) / 1000, heap.measure());
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    world.platform.server.domain.faults.clear();
    await settled();
    const { client, windows } = world;
    const truth = Object.fromEntries(await world.truth());
    const tree = Object.fromEntries(world.tree());
    const mirrors = windows.map((window) => Object.fromEntries(world.tree(window.entities())));
    await tellMismatches();
    world.closeWindows();
    const expected = heldWith(before, Object.keys(truth).length - entitiesBefore);
    client.application.recorder.clear();
    const after = await measureAtRest(() => world.down(), expected);
    console.log(`chaos: seed ${SEED}, ${SECONDS} s, ${orders.count} orders:`, orders.tally());
    console.log('chaos: held before and after:', before, after.held);
    await tellLinks(after);
    const bounds = heapBounds(ENTITIES);
    const grown = { all: heap.grown(), late: heap.lastGrown() };
    console.log('chaos: MB of heap:', heap.measured.join(', '), 'bytes more:', grown, 'of', bounds);
    expect({
      isEnough: orders.count >= LEAST_ORDERS,
      waiting: orders.waiting,
      open: orders.open(),
      twice: orders.twice(),
      untrue: orders.untrue(),
      tree,
      mirrors,
      requests: client.application.inventory.requests,
      toldLate: [...client.audience.toldLate],
      bugs: client.bugs,
      stillDown: after.stillDown,
      held: after.wrong,
      isBounded: grown.all < bounds.all && grown.late < bounds.late,
    }).toEqual({
      isEnough: true,
      waiting: 0,
      open: [],
      twice: [],
      untrue: [],
      tree: truth,
      mirrors: mirrors.map(() => truth),
      requests: [],
      toldLate: [],
      bugs: [],
      stillDown: [],
      held: [],
      isBounded: true,
    });
  },
);
