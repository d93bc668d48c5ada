import { expect, it } from 'vitest';
import type { AppError } from '../../../core/contract/app-error.ts';
import { problemReport, type ReportMaterial } from '../../../main/report/problem-report.ts';
import { redactLines } from '../../../main/report/redact-lines.ts';
import { stanzaFixture } from '../../../main/report/stanza-fixture.ts';
import { parseXml } from '../../../core/xml/parse.ts';
import { FAKE_FACTS, fakeAccount } from '../../fakes/fake-accounts.ts';
import { bare, fakeEntity } from '../../fakes/fake-entities.ts';
import { fakeStanzas } from '../../fakes/fake-stanzas.ts';

const stanzas = fakeStanzas(40);
const host = fakeEntity('atoll@archipel.test', { kind: 'hypervisor', state: 'available' });
const typo = fakeEntity('atol@archipel.test', { kind: 'user', state: 'unknown' });
const error: AppError = { code: 'denied', entity: 'web-01', permission: 'destroy' };

const NOTHING: ReportMaterial = {
  facts: FAKE_FACTS,
  accounts: [],
  entities: [],
  runs: [],
  orders: [],
  notices: [],
  measures: [],
  stanzaCounts: { query: 3 },
  stanzas: [],
  bugs: [],
};

/** What stands under a heading. */
function under(title: string, report: string): string {
  const [, after = ''] = report.split(`## ${title}\n\n`);
  return after.split('\n\n## ')[0]?.trim() ?? '';
}

const POINTS = ['1. The log', '2. Faults and stanzas', '4. Spelling', 'What was done last'];

it('has its five points also where there is nothing to say', () => {
  const report = problemReport(NOTHING);
  expect(POINTS.map((title) => under(title, report))).toEqual(POINTS.map(() => '(none)'));
  expect(report).not.toContain('What went wrong');
  expect(under('Stanzas sent, by cause', report)).toBe('query 3');
  expect(report).not.toContain('"profile"');
});

it('fills them by itself', () => {
  const report = problemReport({
    ...NOTHING,
    accounts: [fakeAccount({ settings: { ...fakeAccount().settings, jid: stanzas[0]!.account } })],
    entities: [host, typo],
    stanzas,
    bugs: ['B001 somewhere: a bug'],
    notices: [{ id: 1, at: 0, level: 'error', title: 'It failed.' }],
    orders: [
      {
        id: 'o',
        account: host.account,
        jid: host.jid,
        namespace: 'archipel:vm:control',
        action: 'destroy',
        input: {},
        state: 'failed',
        sentAt: 0,
        error,
      },
    ],
    failure: { error, at: stanzas[10]!.at },
    explanation: {
      entity: { id: host.id, name: 'atoll', jid: host.jid },
      action: { namespace: 'archipel:vm:control', name: 'destroy' },
      permission: { name: 'destroy', grantedBy: [bare('root@archipel.test')] },
      log: { hypervisor: 'atoll', lines: ['ERROR   ::no'] },
    },
  });
  expect(under('What went wrong', report)).toContain(
    'You lack the permission “destroy” on web-01.',
  );
  expect(under('1. The log', report)).toMatch(/atoll: ERROR {3}::no[^]*error: It failed\./u);
  const around = under('2. Faults and stanzas', report).split('\n');
  expect([around[0], around.length, around.at(-1)]).toEqual([
    'B001 somewhere: a bug',
    1 + 36,
    expect.stringContaining(stanzas[35]!.xml),
  ]);
  expect(under('4. Spelling', report)).toBe(`${typo.jid} is not there; known: ${host.jid}`);
  expect(under('5. A simple test', report)).toMatch(/answered in 14 ms/u);
  expect(under('What was done last', report)).toContain('archipel:vm:control → destroy to atoll');
  expect(under('Agents', report)).toContain(`${host.jid}: available`);
});

it('masks secrets line by line, and what cannot be read hides nothing else', () => {
  const text = [
    'before',
    '    <iq><query xmlns="jabber:iq:register"><password>hunter2</password></query></iq>',
    '  web@x.test::::hunter2 was refused',
    '  a broken <password>hunter2',
    'after',
  ].join('\n');
  expect(redactLines(text).split('\n')).toEqual([
    'before',
    expect.stringMatching(/^ {4}<iq><query xmlns="jabber:iq:register">.*•••/u),
    '  web@x.test::::•••',
    '  •••',
    'after',
  ]);
});

it('makes a fixture of a request and its answer, without secrets', () => {
  const register =
    '<iq type="set"><query xmlns="jabber:iq:register"><password>x1y2</password></query></iq>';
  const refused = '<iq type="error"><error code="501"/></iq>';
  const text = stanzaFixture({ namespace: 'a"b', action: 'c', request: register, answer: refused });
  expect([parseXml(text).ok, text.includes('x1y2'), text.includes('<refusal>')]).toEqual([
    true,
    false,
    true,
  ]);
  expect(text).toContain('<case namespace="a&quot;b" action="c">');
  const answered = stanzaFixture({
    namespace: 'a',
    action: 'c',
    request: register,
    answer: '<iq type="result"/>',
  });
  expect([answered.includes('<reply>'), answered.includes('<refusal>')]).toEqual([true, false]);
});
