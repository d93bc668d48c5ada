import { appendFile, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SshPool } from '../../../main/streams/ssh/ssh-pool.ts';
import { LogStream } from '../../../main/streams/logs/log-stream.ts';
import type { StreamReport } from '../../../main/streams/stream-messages.ts';
import { systemClock } from '../../../node/xmpp/clock.ts';
import { waitFor } from '../../support/libvirtd.ts';
import { requirePrograms } from '../../support/required-programs.ts';
import { answering, at, said, SSH_PROGRAMS, SshUser } from '../../support/ssh-user.ts';

const there = requirePrograms('ssh', SSH_PROGRAMS);
const WAIT_MS = 30_000;
const ROUNDS = 12;

let user: SshUser;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'archipel-log-stream-'));
  if (there) user = await SshUser.create();
});
afterAll(async () => {
  if (there) await user.remove();
  await rm(folder, { recursive: true });
});

const lineOf = (log: string, number: number): string =>
  `INFO    ::2026-11-22 10:00:00.000::${log}::MODULE line ${number}`;

/** A log on the host, whose lines are numbered. */
class HostLog {
  readonly file: string;
  readonly name: string;
  written = 0;

  constructor(name: string) {
    this.name = name;
    this.file = path.join(folder, `${name}.log`);
  }

  async write(count: number): Promise<void> {
    const lines = Array.from({ length: count }, () => `${lineOf(this.name, this.written++)}\n`);
    await appendFile(this.file, lines.join(''));
  }

  async rotate(): Promise<void> {
    await rename(this.file, `${this.file}.1`);
    await writeFile(this.file, '');
  }

  get lines(): readonly string[] {
    return Array.from({ length: this.written }, (_none, number) => lineOf(this.name, number));
  }
}

/** Follows logs of the one host through a pool, as the streams process does. */
async function follow(logs: readonly HostLog[]) {
  const { connector } = await user.connectorWith([`  IdentityFile ${user.plain}`]);
  const { asked, questions } = answering();
  const pool = new SshPool({ connector, questionsUntil: () => questions, clock: systemClock });
  const reports: StreamReport[] = [];
  const target = at(user.host.port);
  const hosts = logs.map(({ name, file }) => ({ name, file, target }));
  const port = { postMessage: () => undefined, close: () => undefined };
  const report = (one: StreamReport): void => void reports.push(one);
  const spill = path.join(folder, 'spill');
  const order = { kind: 'open-log' as const, id: 1, folder: spill, hosts };
  const stream = new LogStream(order, { port, pool, report });
  stream.start();
  let tickets = 0;
  /** All lines that it has, as a file of them is written. */
  const all = async (): Promise<readonly string[]> => {
    const ticket = (tickets += 1);
    const file = path.join(folder, `saved-${ticket}`);
    stream.obey({ kind: 'save-log', id: 1, ticket, file, which: 'all' });
    await waitFor('the file', WAIT_MS, () =>
      reports.some((one) => one.kind === 'log-saved' && one.ticket === ticket),
    );
    return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  };
  const until = (count: number): Promise<void> =>
    waitFor(`${count} lines`, WAIT_MS, async () => (await all()).length >= count);
  const stood = (name: string, state: string): number =>
    reports.filter(
      (one) => one.kind === 'log-host' && one.name === name && one.state.name === state,
    ).length;
  return { stream, pool, target, asked, all, until, stood };
}

describe.runIf(there)('logs of one host, followed through one connection', () => {
  it(
    'lose and double no line while it is killed and they are rotated',
    { timeout: 120_000 },
    async () => {
      const logs = [new HostLog('hv1'), new HostLog('hv2')];
      for (const log of logs) await log.write(20);
      const { stream, pool, asked, all, until, stood } = await follow(logs);
      await until(40);
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const log of logs) await log.write(5 + round);
        // Half of the cuts fall between the last lines of a log and its rotation.
        if (round % 3 === 0) await user.host.cutConnections();
        if (round % 2 === 0) await logs[round % 4 === 0 ? 0 : 1]?.rotate();
        for (const log of logs) await log.write(3);
        await until(logs.reduce((sum, { written }) => sum + written, 0));
      }
      const texts = await all();
      for (const { name, lines } of logs) {
        const own = texts.filter((text) => text.includes(`::${name}::`));
        expect(own.map((text) => text.slice(text.indexOf('INFO')))).toEqual(lines);
        expect(stood(name, 'waiting')).toBeGreaterThan(2);
      }
      // The host's key was asked for once, since then it is known.
      expect(asked.keys).toHaveLength(1);
      await stream.close();
      await pool.close();
    },
  );

  it('leave the connection to others when they are closed', async () => {
    const log = new HostLog('hv3');
    await log.write(3);
    const { stream, pool, target, until } = await follow([log]);
    await until(3);
    const { connection, release } = await pool.acquire(target);
    await stream.close();
    expect(await said(connection, 'echo still here')).toBe('still here\n');
    await waitFor('the end of what followed', WAIT_MS, async () => {
      const running = await said(connection, `pgrep -fc ${log.file} || true`);
      return Number(running) <= 1;
    });
    release();
    await pool.close();
  });
});
