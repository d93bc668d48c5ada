import { err, ok, type Result } from '../lib/result.ts';
import { LOG_LEVELS, type LogLevel, type LogLine } from './log-line.ts';

/** Which lines of a log are shown. All that is set must fit. */
export interface LogFilter {
  /** Searched as it stands. */
  readonly text?: string;
  /** A regular expression of JavaScript. */
  readonly regex?: string;
  /** Capitals and small letters differ. */
  readonly isCaseSensitive?: boolean;
  /** Lines that do not fit `text` and `regex` are shown instead. */
  readonly isInverted?: boolean;
  /** This level and what weighs more. */
  readonly level?: LogLevel;
  /** The part that wrote it, such as `MIGRATION`. */
  readonly prefix?: string;
}

export type LogLineTest = (line: Pick<LogLine, 'text' | 'level' | 'prefix'>) => boolean;

/** What is wrong with a regular expression, in the words of the engine. */
export interface BadRegex {
  readonly regex: string;
  readonly detail: string;
}

/** Of a line that is longer, a regular expression sees only so many characters. */
export const LONGEST_SEARCHED = 8192;

/** The test that a filter stands for; a regular expression that is none is told. */
export function compileFilter(filter: LogFilter): Result<LogLineTest, BadRegex> {
  const words = textTest(filter);
  if (!words.ok) return words;
  const { level, prefix, isInverted = false } = filter;
  const least = level === undefined ? -1 : LOG_LEVELS.indexOf(level);
  return ok((line) => {
    if (least >= 0 && (line.level === undefined || LOG_LEVELS.indexOf(line.level) < least)) {
      return false;
    }
    if (prefix !== undefined && line.prefix !== prefix) return false;
    return words.value?.(line.text) !== isInverted;
  });
}

type TextTest = (text: string) => boolean;

function textTest(filter: LogFilter): Result<TextTest | undefined, BadRegex> {
  const { text = '', regex = '', isCaseSensitive = false } = filter;
  const pattern = regexTest(regex, isCaseSensitive);
  if (!pattern.ok) return pattern;
  const search = text === '' ? undefined : searchTest(text, isCaseSensitive);
  const found = pattern.value;
  if (!search || !found) return ok(search ?? found);
  return ok((line) => search(line) && found(line));
}

function searchTest(text: string, isCaseSensitive: boolean): TextTest {
  if (isCaseSensitive) return (line) => line.includes(text);
  const wanted = text.toLowerCase();
  return (line) => line.toLowerCase().includes(wanted);
}

function regexTest(
  regex: string,
  isCaseSensitive: boolean,
): Result<TextTest | undefined, BadRegex> {
  if (regex === '') return ok(undefined);
  try {
    const expression = new RegExp(regex, isCaseSensitive ? '' : 'i');
    // What an expression costs grows with the line, for some of them fast.
    return ok((line) => expression.test(line.slice(0, LONGEST_SEARCHED)));
  } catch (cause) {
    return err({ regex, detail: cause instanceof Error ? cause.message : String(cause) });
  }
}
