import { LOG_LEVELS, type LogLevel } from '../../../core/logs/log-line.ts';
import type { LogWish } from '../../../core/logs/log-port.ts';
import type { ViewState } from '../../../core/contract/layouts.ts';
import { type Bookmark, readBookmarks } from './bookmarks.ts';

/** What the user has chosen to see in one panel; it is kept with the panel. */
export class LogChoice {
  text = $state('');
  isRegex = $state(false);
  isCaseSensitive = $state(false);
  isInverted = $state(false);
  level = $state<LogLevel>();
  prefixes = $state.raw<readonly string[]>([]);
  words = $state.raw<readonly string[]>([]);
  bookmarks = $state.raw<readonly Bookmark[]>([]);
  isAboutOnly = $state(true);
  readonly about: string | undefined;

  /** `about` is the JID of a machine whose lines alone are shown at first. */
  constructor(kept: ViewState, about: string | undefined) {
    this.about = about;
    this.text = textOf(kept['text']);
    this.isRegex = kept['regex'] === true;
    this.isCaseSensitive = kept['case'] === true;
    this.isInverted = kept['invert'] === true;
    this.level = LOG_LEVELS.find((one) => one === kept['level']);
    this.prefixes = listOf(kept['prefixes']);
    this.words = listOf(kept['words']);
    this.bookmarks = readBookmarks(kept['bookmarks']);
    this.isAboutOnly = kept['all'] !== true;
  }

  get wish(): LogWish {
    const text = this.text.trim() === '' ? '' : this.text.slice(0, 1000);
    return {
      ...(text !== '' && (this.isRegex ? { regex: text } : { text })),
      isCaseSensitive: this.isCaseSensitive,
      isInverted: this.isInverted,
      ...(this.level && { level: this.level }),
      prefixes: [...this.prefixes],
      ...(this.about !== undefined && this.isAboutOnly && { about: this.about }),
    };
  }

  /** What is kept with the panel. */
  get kept(): ViewState {
    return {
      text: this.text.slice(0, 1000),
      regex: this.isRegex,
      case: this.isCaseSensitive,
      invert: this.isInverted,
      level: this.level ?? '',
      prefixes: this.prefixes.join('\n'),
      words: this.words.join('\n'),
      bookmarks: JSON.stringify(this.bookmarks),
      all: !this.isAboutOnly,
    };
  }

  /** The words that are highlighted; what is looked for is among them, last. */
  get marked(): readonly string[] {
    const isText = !this.isRegex && !this.isInverted && this.text.trim() !== '';
    return isText ? [...this.words, this.text] : this.words;
  }

  clear(): void {
    this.text = '';
    this.isInverted = false;
    this.level = undefined;
    this.prefixes = [];
    this.isAboutOnly = false;
  }

  togglePrefix(prefix: string): void {
    const others = this.prefixes.filter((one) => one !== prefix);
    this.prefixes = others.length < this.prefixes.length ? others : [...others, prefix];
  }

  /** Highlights what stands in the filter from now on. */
  highlight(): void {
    this.highlightWord(this.text.trim());
    this.text = '';
  }

  highlightWord(text: string): void {
    const word = text.slice(0, 200);
    if (word !== '' && !this.words.includes(word)) this.words = [...this.words, word].slice(-12);
  }

  /** Shows the lines in which this stands, as it stands. */
  showOnly(text: string): void {
    this.text = text;
    this.isRegex = false;
    this.isInverted = false;
  }
}

function textOf(kept: unknown): string {
  return typeof kept === 'string' ? kept : '';
}

function listOf(kept: unknown): readonly string[] {
  return textOf(kept)
    .split('\n')
    .filter((one) => one !== '');
}
