import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LogAnswer, LogRequest } from '../../../../../core/logs/log-port.ts';
import { LogStream } from '../../../../../main/streams/logs/log-stream.ts';
import type { SshPool } from '../../../../../main/streams/ssh/ssh-pool.ts';
import type { StreamReport } from '../../../../../main/streams/stream-messages.ts';
import { SshFailureError } from '../../../../../node/ssh/ssh-failure-error.ts';

let folder: string;
let stream: LogStream;
let answers: LogAnswer[];
let reports: StreamReport[];
let isClosed: boolean;

const refusing: Pick<SshPool, 'acquire'> = {
  acquire: async () => {
    throw new SshFailureError({
      code: 'ssh-denied',
      address: 'hv1:22',
      user: 'ada',
      tried: [],
      offered: [],
    });
  },
};
const host = { name: 'hv1', target: { host: 'hv1', port: 22 }, file: '/var/log/archipel.log' };

function open(hosts: readonly (typeof host)[] = [], kept = folder): LogStream {
  const port = {
    postMessage: (message: unknown) => void answers.push(message as LogAnswer),
    close: () => (isClosed = true),
  };
  const report = (one: StreamReport): void => void reports.push(one);
  const order = { kind: 'open-log' as const, id: 3, folder: kept, hosts: [...hosts] };
  return new LogStream(order, { port, pool: refusing, report });
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'archipel-log-stream-'));
  [answers, reports, isClosed] = [[], [], false];
  stream = open();
});
afterEach(async () => {
  await stream.close();
  rmSync(folder, { recursive: true, force: true });
});

const line = (second: number, text: string): string =>
  `INFO    ::2026-11-22 10:00:0${second}.000::hv1::${text}`;

function bring(name: string, lines: readonly string[], more: object = {}): void {
  const how = { isGap: false, isPast: true, zoneMinutes: 0, ...more };
  stream.obey({ kind: 'log-lines', id: 3, name, lines, ...how });
}

function rows(): readonly string[] {
  const last = answers.findLast(({ kind }) => kind === 'rows');
  return last?.kind === 'rows' ? last.rows.map(({ text }) => text) : [];
}

/** The lines that are shown, once there are so many. */
async function shown(count: number): Promise<readonly string[]> {
  await expect
    .poll(() => {
      stream.takeFromPage({ kind: 'rows', ticket: 1, from: 0, count: 100 } satisfies LogRequest);
      return rows().length;
    })
    .toBe(count);
  return rows();
}

describe('a log in the streams process', () => {
  it('shows what main brings of several agents, in the order of time', async () => {
    bring('hv1', [line(1, 'one'), line(3, 'three')]);
    bring('hv2', [line(2, 'two')]);
    expect(await shown(3)).toEqual([line(1, 'one'), line(2, 'two'), line(3, 'three')]);
  });

  it('takes times as what their agents’ clocks show', async () => {
    bring('east', [line(1, 'an hour before')], { zoneMinutes: 60 });
    bring('west', [line(0, 'now')]);
    expect(await shown(2)).toEqual([line(1, 'an hour before'), line(0, 'now')]);
  });

  it('shows where lines may be missing', async () => {
    bring('hv1', [line(1, 'one')]);
    bring('hv1', [line(9, 'nine')], { isGap: true });
    const texts = await shown(3);
    expect([texts[0], texts[2]]).toEqual([line(1, 'one'), line(9, 'nine')]);
    expect(texts[1]).not.toContain('::');
  });

  it('filters as the page says, and drops what is no request', async () => {
    bring('hv1', [line(1, 'one'), line(2, 'two')]);
    stream.takeFromPage({ kind: 'format the disk' });
    stream.takeFromPage(undefined);
    stream.takeFromPage({ kind: 'filter', filter: { text: 'two' } });
    expect(await shown(1)).toEqual([line(2, 'two')]);
    expect(reports).toEqual([]);
  });

  it('tells of lines that fit a pattern, and not of those of the past', async () => {
    stream.takeFromPage({ kind: 'patterns', patterns: ['crash'] });
    bring('hv1', [line(1, 'an old crash')]);
    bring('hv1', [line(2, `a crash ${'x'.repeat(2000)}`)], { isPast: false });
    await expect.poll(() => reports.length).toBe(1);
    expect(reports).toMatchObject([{ kind: 'log-noticed', id: 3, pattern: 'crash', host: 'hv1' }]);
    const [noticed] = reports;
    expect(noticed?.kind === 'log-noticed' && noticed.text.length).toBe(500);
  });

  it('writes what is shown, or all, to a file', async () => {
    bring('hv1', [line(1, 'one'), line(2, 'two')]);
    await shown(2);
    stream.takeFromPage({ kind: 'filter', filter: { text: 'two' } });
    await shown(1);
    const files = { shown: path.join(folder, 'shown.log'), all: path.join(folder, 'all.log') };
    stream.obey({ kind: 'save-log', id: 3, ticket: 8, file: files.shown, which: 'shown' });
    await expect.poll(() => reports.length).toBe(1);
    stream.obey({ kind: 'save-log', id: 3, ticket: 9, file: files.all, which: 'all' });
    await expect.poll(() => reports.length).toBe(2);
    expect(reports).toEqual([
      { kind: 'log-saved', id: 3, ticket: 8, lines: 1 },
      { kind: 'log-saved', id: 3, ticket: 9, lines: 2 },
    ]);
    expect(readFileSync(files.shown, 'utf8')).toBe(`${line(2, 'two')}\n`);
    expect(readFileSync(files.all, 'utf8').trimEnd().split('\n')).toHaveLength(2);
  });

  it('says why it could not write', async () => {
    const file = path.join(folder, 'not-there', 'x.log');
    stream.obey({ kind: 'save-log', id: 3, ticket: 8, file, which: 'all' });
    await expect.poll(() => reports.length).toBe(1);
    expect(reports).toMatchObject([
      {
        kind: 'log-saved',
        ticket: 8,
        lines: 0,
        failure: expect.stringContaining('ENOENT') as string,
      },
    ]);
  });

  it('tells of each host how it stands', async () => {
    await stream.close();
    stream = open([host]);
    stream.start();
    await expect.poll(() => reports.some((one) => isState(one, 'failed'))).toBe(true);
    expect(reports.map((one) => one.kind === 'log-host' && one.state.name)).toEqual([
      'connecting',
      'failed',
    ]);
    expect(reports.at(-1)).toMatchObject({ name: 'hv1', state: { error: { code: 'ssh-denied' } } });
  });

  it('ends once where its lines cannot be kept', async () => {
    await stream.close();
    const file = path.join(folder, 'a-file');
    writeFileSync(file, '');
    stream = open([], path.join(file, 'logs'));
    const many = Array.from({ length: 90_000 }, (_none, at) => line(1, `${at} ${'x'.repeat(600)}`));
    bring('hv1', many);
    await expect.poll(() => reports.length, { timeout: 10_000 }).toBe(1);
    expect(reports).toMatchObject([{ kind: 'log-failed', id: 3 }]);
    expect(isClosed).toBe(true);
  });
});

function isState(report: StreamReport, name: string): boolean {
  return report.kind === 'log-host' && report.state.name === name;
}
