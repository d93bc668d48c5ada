import { describe, expect, it, vi } from 'vitest';
import type { StanzaRecord } from '../../../../core/contract/stanzas.ts';
import { FilterDraft } from '../../../../renderer/features/stanzas/filter-draft.svelte.ts';
import {
  compileFilter,
  NO_FILTER,
  type StanzaFilter,
} from '../../../../renderer/features/stanzas/stanza-filter.ts';
import { StanzaIndex } from '../../../../renderer/features/stanzas/stanza-index.ts';
import { StanzaSearch } from '../../../../renderer/features/stanzas/stanza-search.svelte.ts';
import { fakeStanzas } from '../../../fakes/fake-stanzas.ts';

const records = fakeStanzas(2);
const [request, presence, answer] = records;

function indexOf(all: readonly StanzaRecord[]): StanzaIndex {
  return new StanzaIndex().update(all);
}

describe('requests and answers', () => {
  it('stand together, whichever of the two is chosen', () => {
    const index = indexOf(records);
    expect(index.pair(request!)).toEqual({ request, answer });
    expect(index.pair(answer!)).toEqual({ request, answer });
    expect(index.pair(presence!)).toEqual({ request: presence, answer: undefined });
  });

  it('stand alone when the request is no longer kept', () => {
    expect(indexOf([answer!]).pair(answer!)).toEqual({ request: answer, answer: undefined });
  });

  it('are known as they come at both ends, and forgotten as they go', () => {
    const all = fakeStanzas(4);
    const index = indexOf(all.slice(3, 6)).update(all.slice(0, 6)).update(all);
    expect(all.every((one) => index.find(one.id) === one)).toBe(true);
    index.update(all.slice(6));
    const left = all.filter(({ id }) => index.find(id)).map(({ id }) => id);
    expect([left, index.answerTo(all[0]!), index.answerTo(all[6]!)]).toEqual([
      all.slice(6).map(({ id }) => id),
      undefined,
      all[8],
    ]);
    expect(index.update([]).find(all[6]!.id)).toBeUndefined();
    expect(index.update(all).find(all[0]!.id)).toBe(all[0]);
  });
});

describe('a filter', () => {
  const index = indexOf(records);

  function found(changes: Partial<StanzaFilter>): readonly string[] {
    const compiled = compileFilter({ ...NO_FILTER, ...changes });
    if (!compiled.ok) return [compiled.error.code];
    const passing = records.filter((one) => compiled.value?.(one, index.requestOf(one)) ?? true);
    return passing.map(({ kind, type }) => `${kind} ${type}`);
  }

  it.each<[string, Partial<StanzaFilter>, number]>([
    ['nothing', {}, 6],
    ['a kind', { kinds: new Set(['presence']) }, 2],
    ['a direction', { directions: new Set(['out']) }, 2],
    ['every word', { text: 'INFO nrvirtcpu' }, 2],
    ['no word', { text: 'nowhere' }, 0],
    ['a word that looks like a pattern', { text: 'a.c(' }, 0],
    ['errors', { errorsOnly: true }, 0],
    ['a namespace', { namespace: 'vm:control' }, 4],
    ['a JID', { jid: 'F3A1C2D0' }, 6],
    ['an XPath', { xpath: '//info[@nrVirtCpu > 2]' }, 2],
    ['an XPath with a prefix', { xpath: '//vm:archipel[@action="info"]' }, 2],
    ['an XPath and a direction', { xpath: '//query', directions: new Set(['in']) }, 2],
  ])('finds %s', (_, changes, count) => {
    expect(found(changes)).toHaveLength(count);
  });

  it('finds an answer by the words of its request', () => {
    expect(found({ text: 'action="info"' })).toEqual([
      'iq get',
      'iq result',
      'iq get',
      'iq result',
    ]);
  });

  it('says what is wrong with an XPath', () => {
    expect(found({ xpath: '//nic[' })).toEqual(['unfinished']);
  });

  it('is kept with its panel', () => {
    const draft = new FilterDraft({});
    draft.kinds.add('iq');
    draft.directions.add('out');
    draft.xpath = '//nic';
    draft.isWide = true;
    expect(new FilterDraft(draft.kept).filter).toEqual(draft.filter);
    draft.clear();
    expect(compileFilter(draft.filter)).toEqual({ ok: true, value: undefined });
  });
});

describe('a search', () => {
  it('looks at each stanza once, also when more come at both ends', () => {
    const all = fakeStanzas(4);
    const search = new StanzaSearch();
    const test = vi.fn(({ kind }: StanzaRecord) => kind === 'presence');
    const index = indexOf(all);
    for (const part of [all.slice(3, 9), all.slice(3), all]) search.look(part, test, index);
    expect([search.found, search.isSearching]).toEqual([
      all.filter(({ kind }) => kind === 'presence'),
      false,
    ]);
    expect(test).toHaveBeenCalledTimes(all.length);
  });

  it('gives way while it looks through many, and stops when told', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const all = fakeStanzas(40);
    const search = new StanzaSearch();
    const slow = vi.fn(() => true);
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 5));
    const stop = search.look(all, slow, indexOf(all));
    expect([search.isSearching, slow.mock.calls.length < 10]).toEqual([true, true]);
    stop();
    await vi.runAllTimersAsync();
    expect(slow.mock.calls.length).toBeLessThan(10);
    search.look(all, slow, indexOf(all));
    await vi.runAllTimersAsync();
    expect([search.isSearching, search.found.length]).toEqual([false, all.length]);
    vi.useRealTimers();
  });

  it('of nothing in particular finds all', () => {
    const search = new StanzaSearch();
    search.look(records, undefined, indexOf(records));
    expect(search.found).toBe(records);
  });
});
