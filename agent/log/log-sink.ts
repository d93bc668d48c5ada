import { loggerFor, type Logger, type LogLevel } from './logger.ts';
import { LogBook } from './log-book.ts';
import type { LogTail } from './log-tail.ts';

/** Where all lines of an agent go: to a file or a terminal. */
export interface LogSink {
  /** What is asked for the last lines. */
  readonly tail: LogTail;
  /** Calls with each line from now on. */
  readonly onLine: (listener: (line: string) => void) => void;
  /** The logger of one entity. */
  readonly loggerOf: (entity: string) => Logger;
}

/** A sink whose lines go on to `write`; without a tail of their own the last of them are kept in memory. */
export function logSink(
  least: LogLevel,
  write: (line: string) => void,
  now: () => Date = () => new Date(),
  tail?: LogTail,
): LogSink {
  const book = new LogBook();
  const listeners: ((line: string) => void)[] = [];
  const both = (line: string): void => {
    if (tail === undefined) book.add(line);
    write(line);
    for (const listener of listeners) listener(line);
  };
  return {
    tail: tail ?? book,
    onLine: (listener) => void listeners.push(listener),
    loggerOf: (entity) => loggerFor(entity, least, both, now),
  };
}
