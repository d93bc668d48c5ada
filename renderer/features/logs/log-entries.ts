import type { Messages } from '../../../core/messages/catalogue.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import type { Bookmark } from './bookmarks.ts';

export interface LogActions {
  readonly canCopy: boolean;
  readonly canHighlight: boolean;
  readonly copy: () => void;
  readonly bookmark: () => void;
  readonly highlight: () => void;
  readonly save: (which: 'shown' | 'all') => void;
  readonly goTo: (at: number) => void;
}

/** What else can be done with the lines of a log. */
export function logEntries(
  words: Messages['logs'],
  bookmarks: readonly Bookmark[],
  actions: LogActions,
): readonly MenuEntry[] {
  const { canCopy, canHighlight } = actions;
  const ofLine = canCopy ? {} : { reason: words.chooseFirst };
  const ofText = canHighlight ? {} : { reason: words.highlightHint };
  const item = { kind: 'item' } as const;
  return [
    { ...item, key: 'copy', label: words.copy, icon: 'copy', ...ofLine, onselect: actions.copy },
    {
      ...item,
      ...{ key: 'bookmark', label: words.bookmark, icon: 'bookmark', ...ofLine },
      onselect: actions.bookmark,
    },
    {
      ...item,
      ...{ key: 'highlight', label: words.highlight, icon: 'tag', ...ofText },
      onselect: actions.highlight,
    },
    { kind: 'separator', key: 'before-save' },
    {
      ...item,
      ...{ key: 'save-shown', label: words.saveShown, icon: 'file-down' },
      onselect: () => actions.save('shown'),
    },
    {
      ...item,
      ...{ key: 'save-all', label: words.saveAll, icon: 'file-down' },
      onselect: () => actions.save('all'),
    },
    ...bookmarkEntries(words, bookmarks, actions),
  ];
}

function bookmarkEntries(
  words: Messages['logs'],
  bookmarks: readonly Bookmark[],
  { goTo }: LogActions,
): readonly MenuEntry[] {
  if (bookmarks.length === 0) return [];
  return [
    { kind: 'heading', key: 'bookmarks', label: words.bookmarks },
    ...bookmarks.map(({ at, host, text }): MenuEntry => ({
      ...{ kind: 'item', key: `${at} ${host} ${text}`, icon: 'bookmark' },
      label: `${host} ${text}`,
      onselect: () => goTo(at),
    })),
  ];
}
