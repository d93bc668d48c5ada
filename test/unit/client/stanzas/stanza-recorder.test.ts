import { expect, it } from 'vitest';
import { StanzaRecorder } from '../../../../client/stanzas/stanza-recorder.ts';
import type { StanzaRecord } from '../../../../core/contract/stanzas.ts';
import { settled } from '../../../support/manual-time.ts';
import { ACCOUNT } from '../application-fixture.ts';

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

it('counts what was sent by cause', () => {
  const { subject, pass } = recorder();
  pass('sent', ASK, 1);
  pass('received', ANSWER, 2);
  pass('sent', '<presence/>', 3);
  expect(subject.causes.counts()).toEqual({ other: 2 });
});

it('keeps the last ten thousand', async () => {
  const { subject, pass } = recorder();
  for (let at = 0; at < 25_000; at += 1) pass('received', '<presence/>', at);
  const kept = await subject.open(1);
  expect([kept.length, kept[0]?.at, kept.at(-1)?.at]).toEqual([10_000, 15_000, 24_999]);
});

it('keeps the newest few when stanzas are large', async () => {
  const { subject, pass } = recorder();
  const text = `<message>${'x'.repeat(1024 * 1024)}</message>`;
  for (let at = 0; at < 100; at += 1) pass('received', text, at);
  const kept = await subject.open(1);
  expect([kept.length > 10, kept.length <= 32, kept.at(-1)?.at]).toEqual([true, true, 99]);
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
