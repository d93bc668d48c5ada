import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OutcomeRecord } from '../../../agent/entities/outcome-record.ts';
import { OrdersFile, OrdersInMemory } from '../../../agent/store/kept-orders.ts';
import type { BareJid } from '../../../core/domain/jid.ts';
import { err } from '../../../core/lib/result.ts';
import { expectOk } from '../../support/expect-result.ts';
import { liveBytes } from '../../support/live-memory.ts';
import type { StorageFault } from '../../../node/storage/stored-format.ts';

const CAROL = 'carol@example.org' as BareJid;
const BOB = 'bob@example.org' as BareJid;
const START = Date.UTC(2026, 0, 1);
const HOUR = 3_600_000;

describe('the record of orders', () => {
  let now: number;
  let record: OutcomeRecord;

  beforeEach(() => {
    now = START;
    record = new OutcomeRecord(() => now);
  });

  const order = (id: string, from = `${CAROL}/desk`) => {
    return { id, from, namespace: 'archipel:vm:control', action: 'reboot' };
  };
  const asked = (id: string, sender = CAROL, asker = sender) => record.find(sender, id, asker);

  it('tells what was done, what failed and what goes on', () => {
    record.begin(order('a'))?.(undefined);
    record.begin(order('b'))?.({ code: 'libvirt-error', number: 55, text: 'not running' });
    record.begin(order('c'));
    now += 1500;
    const facts = {
      reachesMs: 1500,
      since: '2026-01-01T00:00:00.000Z',
      arrived: '2026-01-01T00:00:00.000Z',
      namespace: 'archipel:vm:control',
      action: 'reboot',
    };
    const error = { code: 'libvirt-error', number: 55, text: 'not running' };
    expect(['a', 'b', 'c'].map((id) => asked(id))).toEqual([
      { outcome: 'done', ...facts },
      { outcome: 'failed', ...facts, error },
      { outcome: 'running', ...facts },
    ]);
  });

  it('keeps nothing of a stanza but what it says of an order', () => {
    const before = liveBytes();
    for (let number = 0; number < 200; number += 1) {
      const stanza = `${'-'.repeat(100_000)}${number} an-id-of-some-length carol@example.org/at-the-desk`;
      const [id = '', from = ''] = stanza.split(' ').slice(1);
      record.begin({ ...order(`${id}${number}`), from })?.(undefined);
    }
    expect([liveBytes() - before < 2_000_000, asked('an-id-of-some-length7').outcome]).toEqual([
      true,
      'done',
    ]);
  });

  it('keeps the orders of one sender apart from those of another with the same id', () => {
    record.begin(order('a'))?.(undefined);
    expect([asked('a').outcome, asked('a', BOB).outcome]).toEqual(['done', 'unheard']);
  });

  it('takes what arrives after its sender was told that it had not', () => {
    expect(asked('late').outcome).toBe('unheard');
    expect([record.begin(order('late')), asked('late').outcome]).toEqual([undefined, 'unheard']);
  });

  it('lets nobody give up the orders of others', () => {
    expect(asked('late', CAROL, BOB).outcome).toBe('unheard');
    expect(record.begin(order('late'))).toBeTypeOf('function');
  });

  it('says that it reaches back less far once it had to forget', () => {
    for (let number = 0; number < 500; number += 1) {
      record.begin(order(`n${number}`))?.(undefined);
      now += 1000;
    }
    const before = asked('n0');
    record.begin(order('one more'))?.(undefined);
    expect([before.outcome, before.reachesMs, asked('n0'), asked('n2').outcome]).toEqual([
      'done',
      500_000,
      { outcome: 'unheard', reachesMs: 499_999, since: '2026-01-01T00:00:00.001Z' },
      'done',
    ]);
  });

  it('forgets what is older than a day, also while nothing arrives', () => {
    record.begin(order('old'))?.(undefined);
    now += 25 * HOUR;
    expect(asked('old')).toEqual({
      outcome: 'unheard',
      reachesMs: 25 * HOUR - 1,
      since: '2026-01-01T00:00:00.001Z',
    });
  });

  it('keeps no more of a refusal than its beginning', () => {
    record.begin(order('a'))?.({ code: 'libvirt-error', text: 'x'.repeat(5000) });
    expect(asked('a').error?.text).toHaveLength(1000);
  });

  it('does not keep what nobody can ask after', () => {
    record.begin(order(''))?.(undefined);
    expect(asked('').outcome).toBe('unheard');
  });
});

describe('the record of orders on disk', () => {
  let folder: string;
  let path: string;
  let now: number;
  let faults: StorageFault[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'archipel-orders-'));
    path = join(folder, 'orders', 'one.log');
    now = START;
    faults = [];
  });
  afterEach(async () => rm(folder, { recursive: true }));

  const opened = async (): Promise<OutcomeRecord> => {
    return OutcomeRecord.open(
      new OrdersFile(path),
      (fault) => faults.push(fault),
      () => now,
    );
  };
  const order = (id: string) => {
    return { id, from: `${CAROL}/desk`, namespace: 'archipel:vm:control', action: 'reboot' };
  };
  const asked = (record: OutcomeRecord, id: string) => record.find(CAROL, id, CAROL);
  const wordsOf = (record: OutcomeRecord, ...ids: readonly string[]) =>
    ids.map((id) => asked(record, id).outcome);

  it('knows after a crash what was done, what failed, what was cut off and what never came', async () => {
    const before = await opened();
    before.begin(order('a'))?.(undefined);
    before.begin(order('b'))?.({ code: 'libvirt-error', number: 55, text: 'not running' });
    before.begin(order('c'));
    expect(asked(before, 'd').outcome).toBe('unheard');
    await before.written();
    now += 5000;
    const after = await opened();
    expect(wordsOf(after, 'a', 'b', 'c', 'd', 'e')).toEqual([
      'done',
      'failed',
      'interrupted',
      'unheard',
      'unheard',
    ]);
    expect([asked(after, 'b').error, asked(after, 'e').reachesMs]).toEqual([
      { code: 'libvirt-error', number: 55, text: 'not running' },
      5000,
    ]);
    // It was given up before the crash.
    expect([after.begin(order('d')), faults]).toEqual([undefined, []]);
  });

  it('knows after a crash which machine an order made', async () => {
    const made = '0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41@example.org' as BareJid;
    const before = await opened();
    before.begin(order('a'))?.(undefined, made);
    before.begin(order('b'))?.(undefined);
    await before.written();
    const after = await opened();
    expect([before, after].map((one) => ['a', 'b'].map((id) => asked(one, id).made))).toEqual([
      [made, undefined],
      [made, undefined],
    ]);
  });

  it('has an order on disk before it acts', async () => {
    const record = await opened();
    record.begin(order('a'));
    await record.written();
    expect(await readFile(path, 'utf8')).toContain('"event":"begun","sender":"carol@example.org"');
  });

  it('stays bounded, and goes on from there', async () => {
    const kept = new OrdersInMemory();
    const before = await OutcomeRecord.open(
      kept,
      (fault) => faults.push(fault),
      () => now,
    );
    for (let number = 0; number < 1500; number += 1) {
      before.begin(order(`n${number}`))?.(undefined);
      now += 1;
    }
    await before.written();
    const events = expectOk(await kept.load()).length;
    const after = await OutcomeRecord.open(
      kept,
      (fault) => faults.push(fault),
      () => now,
    );
    expect(events).toBeLessThan(2100);
    expect(wordsOf(after, 'n1000', 'n1499', 'n999')).toEqual(['done', 'done', 'unheard']);
    expect(asked(before, 'n999').reachesMs).toBe(500);
  });

  it('passes over a torn line', async () => {
    const before = await opened();
    before.begin(order('a'))?.(undefined);
    await before.written();
    await appendFile(path, '01234567 {"event":"beg');
    expect(wordsOf(await opened(), 'a')).toEqual(['done']);
  });

  it('claims nothing of a time whose length it cannot know, after the clock was set back', async () => {
    const before = await opened();
    before.begin(order('a'))?.(undefined);
    await before.written();
    now -= HOUR;
    const after = await opened();
    expect([asked(after, 'a').outcome, asked(after, 'b').reachesMs]).toEqual(['done', 0]);
  });

  it('says once that it cannot write, and reaches back no further than to where it could again', async () => {
    const kept = new OrdersInMemory();
    const fault = { code: 'storage-unwritable', file: path, detail: 'full' } as const;
    let isFull = false;
    const disk = {
      load: () => kept.load(),
      append: async (...event: Parameters<typeof kept.append>) => {
        return isFull ? err(fault) : kept.append(...event);
      },
      replace: (...events: Parameters<typeof kept.replace>) => kept.replace(...events),
    };
    const open = async () =>
      OutcomeRecord.open(
        disk,
        (one) => faults.push(one),
        () => now,
      );
    const before = await open();
    isFull = true;
    before.begin(order('a'))?.(undefined);
    await before.written();
    isFull = false;
    now += 1000;
    before.begin(order('b'))?.(undefined);
    await before.written();
    now += 1000;
    const after = await open();
    expect([wordsOf(before, 'a', 'b'), faults]).toEqual([['done', 'done'], [fault]]);
    expect([wordsOf(after, 'a', 'b'), asked(after, 'c').reachesMs]).toEqual([
      ['unheard', 'done'],
      1000,
    ]);
  });

  it('leaves the file of a newer release as it is, and keeps orders while it lives', async () => {
    await opened();
    const newer = (await readFile(path, 'utf8')).replace('"version":1', '"version":2');
    const header = newer.split('\n')[0]!.slice(9);
    const line = `${crc32(header).toString(16).padStart(8, '0')} ${header}\n`;
    await writeFile(path, line);
    const record = await opened();
    record.begin(order('a'))?.(undefined);
    await record.written();
    expect([wordsOf(record, 'a'), await readFile(path, 'utf8'), faults[0]?.code]).toEqual([
      ['done'],
      line,
      'storage-newer',
    ]);
  });
});
