import type { LogLevel } from './log-line.ts';

/** A line as a panel shows it. */
export interface LogRow {
  /** Its number among the lines of this log, in the order in which they came. */
  readonly id: number;
  /** The hypervisor whose agent wrote it. */
  readonly host: string;
  /** Milliseconds since 1970; 0 where none was known yet. */
  readonly timeMs: number;
  readonly level: LogLevel | undefined;
  readonly prefix: string | undefined;
  /** The source file and line that an original agent names. */
  readonly file: string | undefined;
  readonly entity: string | undefined;
  /** The whole line. */
  readonly text: string;
  /** Where the message begins in the text. */
  readonly messageAt: number;
  /** No line, but a place where lines may be missing. */
  readonly isGap: boolean;
}

/** A name and how many lines have it. */
export type NameCount = readonly [name: string, lines: number];

/** How many lines there are of each kind; of names those with the most lines. */
export interface LogCounts {
  readonly levels: Readonly<Record<LogLevel, number>>;
  readonly gaps: number;
  readonly prefixes: readonly NameCount[];
  readonly entities: readonly NameCount[];
  readonly sources: readonly NameCount[];
}
