import { describe, expect, it } from 'vitest';
import type { LogRow } from '../../../../core/logs/log-page.ts';
import { messagesFor } from '../../../../core/messages/catalogue.ts';
import { lineEntries, type LineActions } from '../../../../renderer/features/logs/line-entries.ts';
import { LogChoice } from '../../../../renderer/features/logs/log-choice.svelte.ts';
import { wordIn } from '../../../../renderer/ui/word-at.ts';

const JID = 'e5746924@archipel.test';
const line: LogRow = {
  ...{ id: 1, host: 'hv1', timeMs: 1, level: 'error', prefix: 'MIGRATION' },
  ...{ file: undefined, entity: `${JID}/hv1`, isGap: false },
  ...{ text: 'ERROR::MIGRATION failed', messageAt: 7 },
};

/** The labels of a menu, and what choosing each of them did. */
function menu(more: Partial<Parameters<typeof lineEntries>[1]> = {}) {
  const done: (readonly unknown[])[] = [];
  const note =
    (what: keyof LineActions) =>
    (...given: readonly unknown[]): void =>
      void done.push([what, ...given]);
  const actions: LineActions = {
    ...{ copy: note('copy'), bookmark: note('bookmark'), highlight: note('highlight') },
    ...{ level: note('level'), prefix: note('prefix'), text: note('text') },
  };
  const about = { line, count: 1, isBookmarked: false, word: undefined, entity: 'web-01', ...more };
  const entries = lineEntries(messagesFor('en').logs, about, actions);
  const labels = entries.map((one) => ('label' in one ? one.label : '-'));
  for (const one of entries) if (one.kind === 'item') one.onselect();
  return { labels, done, entries };
}

describe('the menu of a line of a log', () => {
  it('copies, bookmarks, highlights the word, and shows what is like it alone', () => {
    const { labels, done } = menu({ word: 'failed' });
    expect(labels).toEqual([
      ...['Copy the line', 'Copy the message', 'Bookmark', 'Highlight “failed”', 'Show only'],
      ...['error and above', 'MIGRATION', 'lines that name web-01'],
    ]);
    expect(done).toEqual([
      ...[['copy', 'line'], ['copy', 'message'], ['bookmark'], ['highlight', 'failed']],
      ...[
        ['level', 'error'],
        ['prefix', 'MIGRATION'],
        ['text', JID],
      ],
    ]);
  });

  it('highlights the part that wrote the line where no word is pointed at', () => {
    expect(menu().labels).toContain('Highlight “MIGRATION”');
  });

  it('stays small over a word and a file of any length, which are looked for whole', () => {
    const long = 'x'.repeat(5000);
    const { labels, done } = menu({
      ...{ word: long, line: { ...line, prefix: undefined, file: long } },
    });
    expect(Math.max(...labels.map((label) => label.length))).toBeLessThan(60);
    expect(done).toEqual(
      expect.arrayContaining([
        ['highlight', long],
        ['text', long],
      ]),
    );
  });

  it('looks for the source file where no part is named', () => {
    const { done } = menu({ line: { ...line, prefix: undefined, file: 'utils.py:73' } });
    expect(done).toContainEqual(['text', 'utils.py:73']);
    expect(done.map(([what]) => what)).not.toContain('prefix');
  });

  it('says how many lines it is for, and whether the line has a bookmark', () => {
    const { labels, entries } = menu({ count: 3, isBookmarked: true });
    expect(labels.slice(0, 2)).toEqual(['Copy 3 lines', 'Copy 3 messages']);
    expect(entries[2]).toMatchObject({ label: 'Bookmark', checked: true });
  });

  it('has nothing to show alone for a line that says nothing of itself', () => {
    const bare = { ...line, level: undefined, prefix: undefined, entity: undefined };
    expect(menu({ line: bare }).labels).toEqual(['Copy the line', 'Copy the message', 'Bookmark']);
  });
});

describe('the word under the pointer', () => {
  const text = 'MIGRATION of web-01.lab to hv2@x.test: done.';

  it.each([
    [0, 'MIGRATION'],
    [9, 'MIGRATION'],
    [14, 'web-01.lab'],
    [30, 'hv2@x.test'],
    [text.length, 'done'],
  ])('at %i is %s', (at, word) => {
    expect(wordIn(text, at)).toBe(word);
  });

  it('is none between words', () => {
    expect(wordIn('a  : b', 3)).toBeUndefined();
    expect(wordIn('', 0)).toBeUndefined();
  });
});

describe('what a panel shows alone', () => {
  it('is looked for as it stands, whatever the filter was', () => {
    const choice = new LogChoice({ regex: true, invert: true, text: '^x' }, undefined);
    choice.showOnly('a.b');
    expect(choice.wish).toMatchObject({ text: 'a.b', isInverted: false });
    expect(choice.wish).not.toHaveProperty('regex');
  });
});
