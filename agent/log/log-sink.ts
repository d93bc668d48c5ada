import { loggerFor, type Logger, type LogLevel } from './logger.ts';
import { LogBook } from './log-book.ts';

/** Where all lines of an agent go: to its book in memory, and on to a file or a terminal. */
export interface LogSink {
  readonly book: LogBook;
  /** The logger of one entity. */
  readonly loggerOf: (entity: string) => Logger;
}

/** A sink whose lines go on to `write`. */
export function logSink(
  least: LogLevel,
  write: (line: string) => void,
  now: () => Date = () => new Date(),
): LogSink {
  const book = new LogBook();
  const both = (line: string): void => {
    book.add(line);
    write(line);
  };
  return { book, loggerOf: (entity) => loggerFor(entity, least, both, now) };
}
