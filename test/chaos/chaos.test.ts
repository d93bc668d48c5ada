import { afterAll, beforeAll, expect, it } from 'vitest';
import { waitFor } from '../support/libvirtd.ts';
import { ChaosWorld } from './chaos-world.ts';
import { ChaosCommands } from './commands.ts';

/** What `npm run chaos` was given, or the short form that is among the tests. */
const given = (name: string, short: number): number =>
  Number(process.env[`ARCHIPEL_CHAOS_${name}`] ?? short);

const SECONDS = given('SECONDS', 20);
const SEED = given('SEED', 1);
const SIZE = { hypervisors: given('HYPERVISORS', 6), machines: given('VMS', 5), seed: SEED };
const SETTLED_MS = 30_000;
const GROWTH_MB = 150;

let world: ChaosWorld;
let commands: ChaosCommands;
let sockets: number;
let heap: number;

function openSockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCPSocket')).length;
}

/** What may go wrong, with how often of a hundred. */
const STEPS: readonly (readonly [percent: number, step: () => unknown])[] = [
  [1, () => world.cutClient()],
  [0.5, () => world.restartServer()],
  [1.5, () => world.restartAgent()],
  [6, () => world.rename()],
  [10, () => world.happen()],
  [81, () => commands.give()],
];
const PAUSE_MS = 40;

async function step(): Promise<void> {
  let draw = world.random() * 100;
  const found = STEPS.find(([percent]) => (draw -= percent) < 0);
  await found?.[1]();
}

beforeAll(async () => {
  world = await ChaosWorld.start(SIZE);
  commands = new ChaosCommands(world);
  sockets = openSockets();
  heap = process.memoryUsage().heapUsed;
});

afterAll(async () => {
  await world.stop();
});

it(
  `survives ${SECONDS} s of chaos with the seed ${SEED}`,
  { timeout: SECONDS * 1000 + 2 * SETTLED_MS },
  async () => {
    const until = Date.now() + SECONDS * 1000;
    while (Date.now() < until) {
      await step();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    world.platform.server.domain.faults.clear();
    const isAsInTruth = async (): Promise<boolean> => {
      const [tree, truth] = [world.tree(), await world.truth()];
      return [...truth].every(([node, line]) => tree.get(node) === line);
    };
    await settled(isAsInTruth);
    const growth = (process.memoryUsage().heapUsed - heap) / 1e6;
    console.log(
      `chaos: seed ${SEED}, ${SECONDS} s, ${commands.count} commands: ${JSON.stringify(commands.tally())}`,
    );
    expect({
      open: commands.open(),
      waiting: commands.waiting,
      tree: Object.fromEntries(world.tree()),
      twice: commands.twice(),
      bugs: world.client.bugs,
      sockets: openSockets(),
      isBounded: growth < GROWTH_MB,
    }).toEqual({
      open: [],
      waiting: 0,
      tree: Object.fromEntries(await world.truth()),
      twice: [],
      bugs: [],
      sockets,
      isBounded: true,
    });
  },
);

/** Waits until all is as it should be, or for so long: what is wrong then is told better by what was expected. */
async function settled(isAsInTruth: () => Promise<boolean>): Promise<void> {
  const isOver = async (): Promise<boolean> =>
    commands.waiting + commands.open().length === 0 && (await isAsInTruth());
  await waitFor('the end of chaos', SETTLED_MS, isOver).catch(() => undefined);
}
