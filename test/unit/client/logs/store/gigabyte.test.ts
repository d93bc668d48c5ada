import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { GatheredLine } from '../../../../../client/logs/log-gathering.ts';
import { LogStore } from '../../../../../client/logs/store/log-store.ts';
import { LogView } from '../../../../../client/logs/store/log-view.ts';
import { parseLogLine } from '../../../../../core/logs/log-line.ts';
import { liveBytes } from '../../../../support/live-memory.ts';

const GIGABYTE = 1_000_000_000;
const BATCH = 500;
/** What a gigabyte of log may add to the process; the text alone would be ten times that. */
const MOST_BYTES = 100_000_000;

it('takes in a gigabyte of log without keeping it in memory, and finds a line of it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'archipel-gigabyte-'));
  const store = new LogStore({ folder });
  try {
    const head = 'ERROR   ::2026-11-22 10:00:00.000::hv1::STORE ';
    const gathered = (text: string): GatheredLine => {
      const line = parseLogLine(text);
      return { source: 'hv1', line, timeMs: line.timeMs };
    };
    // Each line is text of its own, as it comes from a host.
    const long = Buffer.from(`${head}${'x'.repeat(4000)}`);
    const batch = () => Array.from({ length: BATCH }, () => gathered(long.toString('latin1')));
    const before = liveBytes();
    while (store.textBytes < GIGABYTE) await store.append(batch());
    await store.append([gathered(`${head}the needle`)]);
    expect(liveBytes() - before).toBeLessThan(MOST_BYTES);

    const view = new LogView(store);
    view.setFilter({ text: 'NEEDLE' });
    await view.catchUp();
    const [row] = await store.rows([view.order.at(0) ?? 0]);
    expect([view.order.count, row?.text]).toEqual([1, `${head}the needle`]);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
