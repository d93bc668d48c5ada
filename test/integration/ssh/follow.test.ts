import { appendFile, mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { LogFollower, type FollowState } from '../../../client/logs/log-follower.ts';
import type { FollowFrom } from '../../../node/ssh/follow-script.ts';
import type { SshConnector } from '../../../node/ssh/ssh-connector.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { answering, at, SSH_PROGRAMS, SshUser } from '../../support/ssh-user.ts';

const there = requirePrograms('ssh', SSH_PROGRAMS);
const ALL: FollowFrom = { kind: 'beginning' };

let user: SshUser;
let connector: SshConnector;
const followed: Followed[] = [];

beforeAll(async () => {
  if (!there) return;
  user = await SshUser.create();
  ({ connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]));
});
afterEach(() => {
  for (const one of followed.splice(0)) one.follower.stop();
});
afterAll(async () => {
  if (there) await user.remove();
});

/** What a follower has told, and a way to wait for it. */
class Followed {
  readonly told: string[] = [];
  readonly states: FollowState['name'][] = [];
  readonly follower: LogFollower;
  readonly #waiting = new Set<() => void>();
  #hold: Promise<void> | undefined;

  constructor(file: string, from: FollowFrom) {
    this.follower = new LogFollower({
      file,
      from,
      connect: (signal) => connector.connect(at(user.host.port), answering().questions, signal),
      clock: systemClock,
      backoffMs: () => 10,
      listener: {
        lines: (lines) => {
          this.told.push(...lines.map(({ text }) => text));
          this.#look();
          return this.#hold;
        },
        gap: () => void this.told.push('— lines may be missing here —'),
        state: ({ name }) => {
          this.states.push(name);
          this.#look();
        },
        caughtUp: () => undefined,
        skew: () => undefined,
      },
    });
    followed.push(this);
    void this.follower.run();
  }

  /** Takes nothing more before it is let go. */
  hold(): () => void {
    let release: () => void = () => undefined;
    this.#hold = new Promise((resolve) => {
      release = resolve;
    });
    return () => {
      this.#hold = undefined;
      release();
    };
  }

  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  #look(): void {
    for (const look of [...this.#waiting]) look();
  }
}

let logs = 0;

/** A log that is written and rotated as Python and logrotate do. */
class WrittenLog {
  readonly file = user.bench.path(`log-${++logs}`, "agent's log", 'archipel.log');
  written = 0;

  static async create(): Promise<WrittenLog> {
    const log = new WrittenLog();
    await mkdir(log.file.slice(0, log.file.lastIndexOf('/')), { recursive: true });
    await writeFile(log.file, '');
    return log;
  }

  async write(count: number): Promise<void> {
    const lines = Array.from({ length: count }, (_, index) => lineOf(this.written + index));
    this.written += count;
    await appendFile(this.file, lines.join(''));
  }

  async rotate(kept = 5): Promise<void> {
    await rm(`${this.file}.${kept}`, { force: true });
    for (let number = kept - 1; number > 0; number -= 1) {
      await rename(`${this.file}.${number}`, `${this.file}.${number + 1}`).catch(() => undefined);
    }
    await rename(this.file, `${this.file}.1`);
  }

  expected(): readonly string[] {
    return Array.from({ length: this.written }, (_, index) => lineOf(index).slice(0, -1));
  }
}

const lineOf = (number: number): string =>
  `INFO    ::2026-11-22 10:00:00.000::hv1::MODULE line ${number} ${'x'.repeat((number * 7) % 60)}\n`;

/** Numbers that are the same in each run. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7f_ff_ff_ff;
    return Math.floor((state / 0x80_00_00_00) * below);
  };
}

it.runIf(there)('shows the last lines, then each new one as it is written', async () => {
  const log = await WrittenLog.create();
  await log.write(5000);
  const one = new Followed(log.file, { kind: 'last-lines', count: 3 });
  await one.until(() => one.told.length === 3);
  await log.write(1);
  await one.until(() => one.told.length === 4);
  expect(one.told).toEqual(log.expected().slice(-4));
});

it.runIf(there)(
  'loses and doubles no line of a log that is rotated while its connection is cut',
  { timeout: 240_000 },
  async () => {
    const log = await WrittenLog.create();
    const one = new Followed(log.file, ALL);
    await one.until(() => one.states.includes('following'));
    const random = randomFrom(7);
    let [cuts, rotations] = [0, 0];
    for (let round = 0; round < 100; round += 1) {
      await log.write(1 + random(200));
      const dice = random(10);
      if (dice === 0) {
        await log.rotate();
        rotations += 1;
      }
      if (dice === 1) {
        await user.host.cutConnections();
        cuts += 1;
      }
      // What is read must keep up with the number of old logs that are kept.
      if (dice < 5) await one.until(() => one.told.length > log.written - 400);
    }
    await log.write(1);
    await one.until(() => one.told.length >= log.written);
    expect({ cuts: cuts > 5, rotations: rotations > 5, told: one.told }).toEqual({
      cuts: true,
      rotations: true,
      told: log.expected(),
    });
  },
);

it.runIf(there)('reads logs that were rotated away while there was no connection', async () => {
  const log = await WrittenLog.create();
  await log.write(10);
  const one = new Followed(log.file, ALL);
  await one.until(() => one.told.length === 10);
  await user.host.stop();
  await one.until(() => one.states.includes('waiting'));
  await log.write(5);
  await log.rotate();
  await log.write(5);
  await log.rotate();
  await log.write(5);
  await user.host.restart();
  await one.until(() => one.told.length >= log.written);
  expect(one.told).toEqual(log.expected());
});

it.runIf(there)('says where lines may be missing when the log is truncated', async () => {
  const log = await WrittenLog.create();
  await log.write(50);
  const one = new Followed(log.file, ALL);
  await one.until(() => one.told.length === 50);
  await truncate(log.file, 0);
  await log.write(2);
  await one.until(() => one.told.length === 53);
  expect(one.told.slice(50)).toEqual([
    '— lines may be missing here —',
    ...log.expected().slice(50),
  ]);
});

it.runIf(there)('notices a log that was truncated and has grown past where it was', async () => {
  const log = await WrittenLog.create();
  await log.write(50);
  const one = new Followed(log.file, ALL);
  await one.until(() => one.told.length === 50);
  await user.host.stop();
  await truncate(log.file, 0);
  await log.write(500);
  await user.host.restart();
  await one.until(() => one.told.length === 551);
  expect(one.told.slice(50)).toEqual([
    '— lines may be missing here —',
    ...log.expected().slice(50),
  ]);
});

it.runIf(there)('waits for a log that is not there yet', async () => {
  const log = await WrittenLog.create();
  await rm(log.file);
  const one = new Followed(log.file, { kind: 'last-lines', count: 10 });
  await one.until(() => one.states.includes('missing'));
  await log.write(2);
  await one.until(() => one.told.length === 2);
  expect(one.told).toEqual(log.expected());
});

it.runIf(there)(
  'shows bytes that are no text, and a line without an end once it has one',
  async () => {
    const log = await WrittenLog.create();
    const one = new Followed(log.file, ALL);
    await one.until(() => one.states.includes('following'));
    await appendFile(log.file, Buffer.from([0x61, 0xff, 0xc3, 0xa9, 0xc3]));
    await appendFile(log.file, Buffer.from([0x28, 0x00, 0x0d, 0x0a]));
    await one.until(() => one.told.length === 1);
    expect(one.told).toEqual([String.raw`a\xffé\xc3(\x00`]);
  },
);

it.runIf(there)('lets the host wait while lines are not taken', async () => {
  const log = await WrittenLog.create();
  const one = new Followed(log.file, ALL);
  await one.until(() => one.states.includes('following'));
  const release = one.hold();
  for (let round = 0; round < 60; round += 1) await log.write(2000);
  await one.until(() => one.told.length > 0);
  const held = one.told.length;
  release();
  await one.until(() => one.told.length >= log.written);
  expect({ held: held < log.written, told: one.told }).toEqual({
    held: true,
    told: log.expected(),
  });
});
