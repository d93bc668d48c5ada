import { describe, expect, it } from 'vitest';
import { managedRows, otherRows } from '../../../../renderer/features/machines/machine-rows.ts';
import {
  answersByRequest,
  pairOf,
  passesFilter,
} from '../../../../renderer/features/stanzas/stanza-filter.ts';
import { fakeEntity } from '../../../fakes/fake-entities.ts';
import { fakeStanzas } from '../../../fakes/fake-stanzas.ts';

describe('machines of a hypervisor', () => {
  const host = fakeEntity('atoll@archipel.test', { kind: 'hypervisor' });
  const known = fakeEntity('b1@archipel.test', { name: 'zebra' });
  const domains = [
    { jid: `${known.jid}/atoll`, isManaged: true, name: 'old name' },
    { jid: 'c2@archipel.test/atoll', isManaged: true, name: 'apple' },
    { jid: '0d5f@archipel.test', isManaged: false, name: 'legacy' },
    { jid: '1e6a@archipel.test', isManaged: false },
    { jid: 'not a jid', isManaged: true },
  ];

  it('bear the names of the roster where it knows them, and those of the list elsewhere', () => {
    const rows = managedRows(host, domains, (id) => (id === known.id ? known : undefined));
    expect(rows.map(({ name, entity }) => [name, entity?.id])).toEqual([
      ['apple', undefined],
      ['zebra', known.id],
    ]);
  });

  it('are apart from the domains of others, which may have no name', () => {
    expect(otherRows(domains)).toEqual([
      { uuid: '1e6a', name: '' },
      { uuid: '0d5f', name: 'legacy' },
    ]);
  });
});

describe('stanzas', () => {
  const records = fakeStanzas(2);
  const answers = answersByRequest(records);
  const [request, presence, answer] = records;

  it('stand with their answers, whichever of the two is chosen', () => {
    expect(pairOf(request!, records, answers)).toEqual({ request, answer });
    expect(pairOf(answer!, records, answers)).toEqual({ request, answer });
    expect(pairOf(presence!, records, answers)).toEqual({ request: presence, answer: undefined });
  });

  it('stand alone when the request is no longer kept', () => {
    expect(pairOf(answer!, [answer!], answersByRequest([answer!]))).toEqual({
      request: answer,
      answer: undefined,
    });
  });

  it('are found by kind, by error and by every word', () => {
    const filter = { text: '', kinds: new Set<never>(), errorsOnly: false };
    const count = (changes: object) =>
      records.filter((record) => passesFilter(record, { ...filter, ...changes })).length;
    expect([
      count({}),
      count({ kinds: new Set(['presence']) }),
      count({ text: 'INFO nrvirtcpu' }),
      count({ text: 'nowhere' }),
      count({ errorsOnly: true }),
    ]).toEqual([6, 2, 2, 0, 0]);
  });

  it('are found as answers by the words of their request', () => {
    const filter = { text: 'action="info"', kinds: new Set<never>(), errorsOnly: false };
    const found = records.filter((record) =>
      passesFilter(record, filter, record.answers && pairOf(record, records, answers).request),
    );
    expect(found.map(({ type }) => type)).toEqual(['get', 'result', 'get', 'result']);
  });
});
