import { expect, it } from 'vitest';
import { ProxyLog } from '../../../../agent/consoles/proxy-log.ts';

function proxyLog() {
  const lines: string[] = [];
  const time = { now: 0 };
  const log = new ProxyLog({ info: (line) => lines.push(line) }, () => time.now);
  const refuse = (client: string, reason: string): void =>
    log.write({ what: 'refused', client, reason });
  return { lines, time, log, refuse };
}

it('tells a refusal once a minute, and how many there were since', () => {
  const { lines, time, log, refuse } = proxyLog();
  for (let client = 0; client < 1000; client += 1) refuse(`${client}`, 'accept EMFILE');
  refuse('x', 'it does not use TLS');
  time.now = 60_000;
  refuse('y', 'accept EMFILE');
  refuse('z', 'accept EMFILE');
  time.now = 120_001;
  log.end();
  log.end();
  expect(lines).toEqual([
    'VNC refused 0: accept EMFILE',
    'VNC refused x: it does not use TLS',
    'VNC refused y: accept EMFILE (and 999 more since the last)',
    'VNC refused 1 more: accept EMFILE',
  ]);
});

it('bounds how many reasons it tells apart', () => {
  const { lines, log, refuse } = proxyLog();
  for (let reason = 0; reason < 1000; reason += 1) refuse('x', `reason ${reason}`);
  expect(lines).toHaveLength(21);
  log.end();
  expect(lines.at(-1)).toBe('VNC refused 979 more: for other reasons');
});

it('tells of each connection that came and went', () => {
  const { lines, log } = proxyLog();
  const tally = { bytesFromClient: 1, bytesToClient: 2, end: 'client' as const };
  for (const client of ['a', 'b']) {
    log.write({ what: 'opened', client });
    log.write({ what: 'closed', client, tally });
  }
  expect(lines.map((line) => line.split(' ')[1])).toEqual(['opened', 'closed', 'opened', 'closed']);
});
