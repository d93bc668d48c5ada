import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LogFile } from '../../../../node/storage/log-file.ts';
import { SharedLog } from '../../../../node/storage/shared-log.ts';
import type { StoredFormat } from '../../../../node/storage/stored-format.ts';
import { expectOk } from '../../../support/expect-result.ts';

const FORMAT: StoredFormat<string> = {
  format: 'orders',
  version: 1,
  schema: v.string(),
  migrations: {},
};
const HOST = hostname().replaceAll(/[^A-Za-z0-9-]/gu, '_');

let folder: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'archipel-shared-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

/** A process that runs until it is told to end; it holds the segment that bears its number. */
async function otherProcess(...entries: readonly string[]): Promise<ChildProcess> {
  const script = join(folder, 'wait.mjs');
  await writeFile(script, 'process.on("message", () => process.exit()); process.send("up");');
  const child = fork(script, { stdio: 'ignore' });
  children.push(child);
  await once(child, 'message');
  await segmentOf(child.pid ?? 0, entries);
  return child;
}

async function segmentOf(pid: number, entries: readonly string[], host = HOST): Promise<void> {
  const log = new LogFile(join(folder, `orders@${host}.${pid}.00ff00ff.log`), FORMAT);
  for (const entry of entries) expectOk(await log.append(entry));
  await log.close();
}

async function ended(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.send('end');
  await gone;
}

const open = () => new SharedLog(folder, 'orders', FORMAT);
const readBy = async (log: SharedLog<string>) => expectOk(await log.load()).entries;

describe('a log that processes share', () => {
  it('leaves alone what belongs to a process that runs, and takes it over once that is gone', async () => {
    const other = await otherProcess('a', 'b');
    const log = open();
    expectOk(await log.append('own'));
    const meanwhile = await readBy(log);
    await ended(other);
    const later = open();
    expect([meanwhile, await readBy(later)]).toEqual([[], ['a', 'b']]);
    await Promise.all([log.close(), later.close()]);
    // What the first of this process wrote is its own while it lives.
    expect((await readdir(folder)).filter((one) => one.startsWith('orders@'))).toHaveLength(2);
  });

  it('takes over what a killed process left, also with a torn last line', async () => {
    const other = await otherProcess('kept');
    const gone = once(other, 'exit');
    other.kill('SIGKILL');
    await gone;
    expect(await readBy(open())).toEqual(['kept']);
  });

  it('lets only one of several take over the same', async () => {
    await segmentOf(deadPid(), ['once']);
    const logs = [open(), open(), open()];
    const read = await Promise.all(logs.map(readBy));
    expect(read.flat()).toEqual(['once']);
  });

  it('finds again what was being taken over when the process ended', async () => {
    await segmentOf(deadPid(), ['half']);
    const [segment = ''] = await readdir(folder);
    const taken = segment.replace('00ff00ff.log', '0a0b0c0d+c2VnbWVudA.log');
    await rename(join(folder, segment), join(folder, taken));
    expect(await readBy(open())).toEqual(['half']);
  });

  it('keeps what was taken over as its own', async () => {
    await segmentOf(deadPid(), ['one']);
    const log = open();
    expectOk(await log.append('first'));
    await log.load();
    expectOk(await log.append('two'));
    await log.close();
    const [file = ''] = await readdir(folder);
    const read = expectOk(await new LogFile(join(folder, file), FORMAT).load());
    expect(read.entries).toEqual(['first', 'one', 'two']);
  });

  it('takes over the one file of earlier releases', async () => {
    const old = new LogFile(join(folder, 'orders.log'), FORMAT);
    expectOk(await old.append('old'));
    await old.close();
    expect(await readBy(open())).toEqual(['old']);
  });

  it('does not touch what another host may be writing', async () => {
    await segmentOf(deadPid(), ['far'], 'elsewhere');
    expect(await readBy(open())).toEqual([]);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('leaves what a newer release wrote where it is, and says so', async () => {
    const newer = new LogFile(join(folder, 'orders.log'), { ...FORMAT, version: 9 });
    expectOk(await newer.append('new'));
    await newer.close();
    expect(await open().load()).toMatchObject({ ok: false, error: { code: 'storage-newer' } });
    expect(await readdir(folder)).toEqual(['orders.log']);
  });
});

/** Above what Linux, macOS and Windows give out. */
function deadPid(): number {
  return 2 ** 30 + 1;
}
