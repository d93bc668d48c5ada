import { expect, it } from 'vitest';
import type { HealthCollector } from '../../../../agent/health/collector.ts';
import type { Reading } from '../../../../agent/health/reading.ts';
import { StatisticsSubscriptions } from '../../../../agent/health/subscriptions.ts';
import type { BareJid } from '../../../../core/domain/jid.ts';
import { expectErr, expectOk } from '../../../support/expect-result.ts';

const JID = 'carol@example.org' as BareJid;
const BOB = 'bob@example.org' as BareJid;
const EVERY_SECOND = { intervalSeconds: 1, leaseSeconds: 10, hypervisor: true } as const;

const host: Reading['host'] = {
  cpu: { idle: 1, total: 1 },
  memory: { totalKib: 8, usedKib: 4, freeKib: 4, swappedKib: 0, sharedKib: 0 },
  load: { one: 0, five: 0, fifteen: 0 },
  networks: new Map(),
  disk: { usedBytes: 0, availableBytes: 0, usedPercent: 0, partitions: [] },
  uptime: { text: '0d 0h' },
  system: { kernelName: '', kernelRelease: '', machine: '', system: '' },
  capabilities: { virtualisation: false },
};

function begin() {
  const unwelcome = new Set<BareJid>();
  let tell: (reading: Reading) => void = () => undefined;
  const sent: (readonly [to: string, atMs: number, intervalMs: number | undefined])[] = [];
  let [nowMs, now, before]: [number, Reading | undefined, Reading | undefined] = [
    0,
    undefined,
    undefined,
  ];
  const collector: Pick<HealthCollector, 'intervalMs' | 'onReading' | 'readings'> = {
    intervalMs: 1000,
    get readings() {
      return { now, before };
    },
    onReading: (listener) => {
      tell = listener;
      return () => undefined;
    },
  };
  const subscriptions = new StatisticsSubscriptions({
    collector,
    nowMs: () => nowMs,
    send: (to, { atMs, intervalMs }) => sent.push([to, atMs, intervalMs]),
    maySee: () => true,
    maySeeHost: (user) => !unwelcome.has(user),
  });
  const read = (seconds: number): void => {
    nowMs = seconds * 1000;
    before = now;
    now = { atMs: nowMs, host, machines: new Map() };
    tell(now);
  };
  const subscriber = (resource: string, jid = JID) => ({ jid, from: `${jid}/${resource}` });
  return { subscriptions, sent, read, subscriber, unwelcome };
}

it('sends as often as was asked, each sample of what happened since the one before', () => {
  const { subscriptions, sent, read, subscriber } = begin();
  expectOk(subscriptions.subscribe(subscriber('desk'), { ...EVERY_SECOND, intervalSeconds: 3 }));
  for (let second = 1; second <= 9; second += 1) read(second);
  expect(sent).toEqual([
    [`${JID}/desk`, 3000, undefined],
    [`${JID}/desk`, 6000, 3000],
    [`${JID}/desk`, 9000, 3000],
  ]);
});

it('sends the last sample at once', async () => {
  const { subscriptions, sent, read, subscriber } = begin();
  read(1);
  read(2);
  expectOk(subscriptions.subscribe(subscriber('desk'), EVERY_SECOND));
  expect(sent).toEqual([]);
  await new Promise((go) => setImmediate(go));
  expect(sent).toEqual([[`${JID}/desk`, 2000, 1000]]);
});

it('ends with the lease, which begins anew with each time it is asked', () => {
  const { subscriptions, sent, read, subscriber } = begin();
  expectOk(subscriptions.subscribe(subscriber('desk'), EVERY_SECOND));
  for (let second = 1; second <= 8; second += 1) read(second);
  expectOk(subscriptions.subscribe(subscriber('desk'), EVERY_SECOND));
  for (let second = 9; second <= 30; second += 1) read(second);
  expect([sent.length, sent.at(-1)?.[1], subscriptions.count]).toEqual([17, 17_000, 0]);
});

it('sends nothing to a session that ended it, and goes on for the others', () => {
  const { subscriptions, sent, read, subscriber } = begin();
  for (const resource of ['desk', 'phone']) {
    expectOk(subscriptions.subscribe(subscriber(resource), EVERY_SECOND));
  }
  subscriptions.unsubscribe(`${JID}/desk`);
  read(1);
  expect(sent.map(([to]) => to)).toEqual([`${JID}/phone`]);
});

it('leaves some for others, of all and of each user, and renews those that there are', () => {
  const { subscriptions, subscriber } = begin();
  const ask = (user: number, one: number) => {
    const jid = `user-${user}@example.org` as BareJid;
    return subscriptions.subscribe(subscriber(String(one), jid), EVERY_SECOND);
  };
  for (let one = 0; one < 50; one += 1) expectOk(ask(0, one));
  expect(expectErr(ask(0, 50))).toMatch(/You have 50/);
  for (let user = 1; user < 10; user += 1) {
    for (let one = 0; one < 50; one += 1) expectOk(ask(user, one));
  }
  expect(expectErr(ask(10, 0))).toMatch(/There are 500/);
  expectOk(ask(0, 0));
});

it('sends nothing more to a user who lost the permission, and forgets the subscription', () => {
  const { subscriptions, sent, read, subscriber, unwelcome } = begin();
  expectOk(subscriptions.subscribe(subscriber('desk'), EVERY_SECOND));
  expectOk(subscriptions.subscribe(subscriber('desk', BOB), EVERY_SECOND));
  read(1);
  unwelcome.add(JID);
  read(2);
  read(3);
  expect(sent.map(([to, atMs]) => [to, atMs])).toEqual([
    [`${JID}/desk`, 1000],
    [`${BOB}/desk`, 1000],
    [`${BOB}/desk`, 2000],
    [`${BOB}/desk`, 3000],
  ]);
  expect(subscriptions.count).toBe(1);
});
