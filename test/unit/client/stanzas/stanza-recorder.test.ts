import { expect, it } from 'vitest';
import { StanzaRecorder } from '../../../../client/stanzas/stanza-recorder.ts';
import type { StanzaRecord } from '../../../../core/contract/stanzas.ts';
import { settled } from '../../../support/manual-time.ts';
import { ACCOUNT, jid } from '../application-fixture.ts';

const ASK = `<iq type="get" id="7" to="rack1@example.org/rack1"><query xmlns="archipel:hypervisor:control"><archipel action="ip"/></query></iq>`;
const ANSWER = `<iq type="result" id="7" from="rack1@example.org/rack1"><query xmlns="archipel:hypervisor:control"><ip>10.0.0.1</ip></query></iq>`;

function recorder() {
  const told: StanzaRecord[] = [];
  const subject = new StanzaRecorder((_window, records) => told.push(...records));
  const pass = (direction: 'sent' | 'received', text: string, at: number) => {
    subject.tap(ACCOUNT, { direction, text, bytes: text.length, at });
  };
  return { subject, told, pass };
}

it('pairs an answer with its request and says how long it took and why it was sent', async () => {
  const { subject, pass } = recorder();
  subject.causes.expect({
    to: 'rack1@example.org/rack1',
    namespace: 'archipel:hypervisor:control',
    action: 'ip',
    cause: 'query',
  });
  pass('sent', ASK, 1000);
  pass('received', ANSWER, 1042);
  const [asked, answer] = await subject.open(1);
  expect([asked?.cause, asked?.action, answer?.answers, answer?.peer]).toEqual([
    'query',
    'ip',
    { id: asked?.id, milliseconds: 42 },
    'rack1@example.org/rack1',
  ]);
});

it('tells nothing to a window that closed while its first page was read', async () => {
  const { subject, told, pass } = recorder();
  pass('sent', ASK, 1000);
  const opened = subject.open(1);
  subject.close(1);
  await opened;
  pass('received', ANSWER, 1042);
  await settled();
  const meanwhile = told.length;
  const again = subject.open(1);
  subject.close(1);
  await Promise.all([again, subject.open(1)]);
  pass('sent', ASK, 2000);
  await expect.poll(() => told.length).toBe(1);
  expect(meanwhile).toBe(0);
});

it('counts what was sent by cause', () => {
  const { subject, pass } = recorder();
  pass('sent', ASK, 1);
  pass('received', ANSWER, 2);
  pass('sent', '<presence/>', 3);
  expect(subject.causes.counts()).toEqual({ other: 2 });
});

/** All that is kept, page by page, as a window reads it. */
async function read(subject: StanzaRecorder): Promise<readonly StanzaRecord[]> {
  let all = await subject.open(1);
  for (;;) {
    const page = await subject.earlier(all[0]?.id ?? 0);
    if (page.length === 0) return all;
    all = [...page, ...all];
  }
}

it('keeps the last hundred thousand, and tells them by pages', async () => {
  const { subject, pass } = recorder();
  for (let at = 0; at < 250_000; at += 1) pass('received', '<presence/>', at);
  const newest = await subject.open(1);
  const kept = await read(subject);
  const isWhole = kept.every(({ at }, index) => at === 150_000 + index);
  expect([newest.length, kept.length, isWhole]).toEqual([5000, 100_000, true]);
});

it('keeps the newest few when stanzas are large', async () => {
  const { subject, pass } = recorder();
  const text = `<message>${'x'.repeat(1024 * 1024)}</message>`;
  for (let at = 0; at < 200; at += 1) pass('received', text, at);
  const kept = await read(subject);
  expect([kept.length > 20, kept.length <= 64, kept.at(-1)?.at]).toEqual([true, true, 199]);
});

it('pairs an answer whose request stands on a page that was not read yet', async () => {
  const { subject, pass } = recorder();
  pass('sent', ASK, 1);
  for (let at = 2; at < 1000; at += 1) pass('received', '<presence/>', at);
  pass('received', ANSWER, 1000);
  for (let at = 0; at < 4999; at += 1) pass('received', '<presence/>', 2000 + at);
  const [answer] = await subject.open(1);
  const [request] = await subject.earlier(answer!.id);
  expect([answer?.answers, request?.type]).toEqual([{ id: request?.id, milliseconds: 999 }, 'get']);
});

const RACK = jid('rack1@example.org');

it('finds the request that went wrong with its answer', async () => {
  const { subject, pass } = recorder();
  pass('sent', ASK, 1000);
  pass('received', ANSWER.replace('result', 'error'), 1042);
  const wanted = { account: ACCOUNT, jid: RACK, action: 'ip' };
  const found = await subject.exchange({ ...wanted, outcome: 'error' });
  expect([found?.request.type, found?.answer?.answers?.milliseconds]).toEqual(['get', 42]);
  expect(await subject.exchange({ ...wanted, outcome: 'nothing' })).toBeUndefined();
});

it('finds a request among those that were packed since', async () => {
  const { subject, pass } = recorder();
  pass('sent', ASK, 1000);
  for (let at = 0; at < 2000; at += 1) pass('received', '<presence/>', at);
  pass('received', ANSWER, 1042);
  for (let at = 0; at < 20_000; at += 1) pass('received', '<presence/>', at);
  const found = await subject.exchange({ account: ACCOUNT, jid: RACK, outcome: 'anything' });
  const { request, answer } = found ?? {};
  expect([request?.xml, answer?.xml, answer?.answers]).toEqual([
    ASK,
    ANSWER,
    { id: request?.id, milliseconds: 42 },
  ]);
});

it('tells open windows of new stanzas, and closed ones nothing', async () => {
  const { subject, told, pass } = recorder();
  await subject.open(1);
  pass('received', '<presence from="a@b"/>', 1);
  await settled();
  subject.close(1);
  pass('received', '<presence from="c@d"/>', 2);
  await settled();
  expect(told.map(({ peer }) => peer)).toEqual(['a@b']);
});

it('keeps what it cannot read as it is', async () => {
  const { subject, pass } = recorder();
  pass('received', '<iq', 1);
  const [record] = await subject.open(1);
  expect([record?.kind, record?.xml]).toEqual(['other', '<iq']);
});
