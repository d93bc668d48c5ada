import { compileFilter, type LogFilter, type LogLineTest } from '../../core/logs/log-filter.ts';
import { LOG_LEVELS } from '../../core/logs/log-line.ts';
import { err, ok, type Result } from '../../core/lib/result.ts';
import type { FollowFrom } from '../../node/ssh/follow-script.ts';

/** What `archipel logs` is given. */
export interface LogOptions {
  readonly filter?: string;
  readonly regex?: string;
  readonly level?: string;
  readonly prefix?: string;
  readonly caseSensitive?: boolean;
  readonly invert?: boolean;
  readonly follow?: boolean;
  readonly lines: string;
  readonly ssh: string;
  readonly file: string;
  readonly trustHostKey?: readonly string[];
  readonly via: string;
}

const MOST_LINES = 10_000_000;

/** The lines that are wanted, or what is wrong with the options. */
export function lineTestOf(options: LogOptions): Result<LogLineTest, string> {
  const level = LOG_LEVELS.find((one) => one === options.level?.toLowerCase());
  if (options.level !== undefined && level === undefined) {
    return err(`There is no level “${options.level}”. There are: ${LOG_LEVELS.join(', ')}.`);
  }
  const filter: LogFilter = {
    ...(options.filter !== undefined && { text: options.filter }),
    ...(options.regex !== undefined && { regex: options.regex }),
    ...(options.prefix !== undefined && { prefix: options.prefix.toUpperCase() }),
    ...(level && { level }),
    isCaseSensitive: options.caseSensitive === true,
    isInverted: options.invert === true,
  };
  const test = compileFilter(filter);
  return test.ok ? test : err(`The expression cannot be used: ${test.error.detail}.`);
}

/** Where to begin: `all`, or so many of the last lines. */
export function startOf(lines: string): Result<FollowFrom, string> {
  if (lines === 'all') return ok({ kind: 'beginning' });
  const count = /^\d{1,8}$/.test(lines) ? Number(lines) : MOST_LINES + 1;
  if (count <= MOST_LINES) return ok({ kind: 'last-lines', count });
  return err(`--lines takes a number up to ${MOST_LINES}, or all.`);
}
