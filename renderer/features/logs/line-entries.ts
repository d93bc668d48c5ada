import type { LogLevel } from '../../../core/logs/log-line.ts';
import type { LogRow } from '../../../core/logs/log-page.ts';
import type { Messages } from '../../../core/messages/catalogue.ts';
import type { MenuEntry } from '../../ui/menu-entry.ts';
import { shortenMiddle } from '../../ui/shorten.ts';

/** The lines that a menu is about. */
export interface MenuLines {
  /** The one under the pointer or the keyboard; undefined while it is not read yet. */
  readonly line: LogRow | undefined;
  readonly count: number;
  readonly isBookmarked: boolean;
  /** To be highlighted: what is under the pointer. */
  readonly word: string | undefined;
  /** How the entity that it names is called. */
  readonly entity: string;
}

export interface LineActions {
  readonly copy: (part: 'line' | 'message') => void;
  readonly bookmark: () => void;
  readonly highlight: (word: string) => void;
  /** Shows lines of this level and above alone. */
  readonly level: (level: LogLevel) => void;
  readonly prefix: (prefix: string) => void;
  /** Shows lines with this text alone. */
  readonly text: (text: string) => void;
}

const item = { kind: 'item' } as const;

/** Letters of a label: what stands in a line is written by others, and may be one word of any length. */
const LONGEST = 34;

/** What can be done with a line of a log, and what it can be filtered by. */
export function lineEntries(
  words: Messages['logs'],
  { line, count, isBookmarked, word, entity }: MenuLines,
  actions: LineActions,
): readonly MenuEntry[] {
  // Nobody asked for a word by the keyboard; the part that wrote the line is the likeliest.
  const marked = word ?? line?.prefix;
  const called = marked === undefined ? '' : shortenMiddle(marked, LONGEST);
  return [
    {
      ...item,
      ...{ key: 'copy', icon: 'copy', shortcut: 'Mod+C', label: words.copyLines(count) },
      onselect: () => actions.copy('line'),
    },
    {
      ...item,
      ...{ key: 'copy-message', icon: 'copy', label: words.copyMessages(count) },
      onselect: () => actions.copy('message'),
    },
    {
      ...item,
      ...{ key: 'bookmark', icon: 'bookmark', shortcut: 'Mod+D', checked: isBookmarked },
      label: words.bookmarkLine,
      onselect: actions.bookmark,
    },
    ...(marked === undefined
      ? []
      : [
          {
            ...item,
            ...({ key: 'highlight', icon: 'tag', label: words.highlightWord(called) } as const),
            onselect: () => actions.highlight(marked),
          },
        ]),
    ...(line ? filterEntries(words, line, entity, actions) : []),
  ];
}

function filterEntries(
  words: Messages['logs'],
  { level, prefix, file, entity: jid }: LogRow,
  entity: string,
  actions: LineActions,
): readonly MenuEntry[] {
  const [part, act] = prefix === undefined ? [file, actions.text] : [prefix, actions.prefix];
  const offered = [
    level && { key: 'level', label: words.andAbove(level), onselect: () => actions.level(level) },
    part !== undefined && {
      ...{ key: 'module', label: shortenMiddle(part, LONGEST) },
      onselect: () => act(part),
    },
    jid !== undefined && {
      ...{ key: 'entity', label: words.naming(entity) },
      // The resource is another after each start.
      onselect: () => actions.text(jid.replace(/\/.*$/u, '')),
    },
  ].flatMap((one) => (one ? [one] : []));
  if (offered.length === 0) return [];
  return [
    { kind: 'heading', key: 'only', label: words.showOnly },
    ...offered.map((one): MenuEntry => ({ ...item, icon: 'search', ...one })),
  ];
}
