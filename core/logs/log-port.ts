import * as v from 'valibot';
import { LOG_LEVELS } from './log-line.ts';
import type { LogCounts, LogRow } from './log-page.ts';

/** What a page and the streams process say to each other about one log, through its port. */
const Ticket = v.pipe(v.number(), v.integer(), v.minValue(0));
const Place = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0xffffffff));
const Words = v.pipe(v.string(), v.maxLength(1000), v.regex(/^[^\n]*$/u));

/** Which lines are shown; all that is set must fit. */
export const LogWish = v.strictObject({
  text: v.exactOptional(Words),
  regex: v.exactOptional(Words),
  isCaseSensitive: v.exactOptional(v.boolean()),
  isInverted: v.exactOptional(v.boolean()),
  level: v.exactOptional(v.picklist(LOG_LEVELS)),
  prefixes: v.exactOptional(v.pipe(v.array(Words), v.maxLength(100))),
  /** Text that must be there whatever else is looked for, such as the JID of a machine. */
  about: v.exactOptional(Words),
});
export type LogWish = v.InferOutput<typeof LogWish>;

/** The most lines that a page may ask for at once. */
export const MOST_ROWS = 1000;

export const LogRequest = v.variant('kind', [
  v.strictObject({ kind: v.literal('filter'), filter: LogWish }),
  v.strictObject({
    kind: v.literal('rows'),
    ticket: Ticket,
    from: Place,
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_ROWS)),
  }),
  /** Where a moment is among what is shown. */
  v.strictObject({
    kind: v.literal('seek-time'),
    ticket: Ticket,
    timeMs: v.pipe(v.number(), v.finite()),
  }),
  /** Where a line is among what is shown, by its number. */
  v.strictObject({ kind: v.literal('seek-line'), ticket: Ticket, id: Place }),
  /**
   * The next line, or with -1 the one before, in which one of these is, whatever its case; without a
   * line to begin at, the first or the last of all.
   */
  v.strictObject({
    kind: v.literal('find'),
    ticket: Ticket,
    words: v.pipe(v.array(Words), v.maxLength(20)),
    from: v.optional(Place),
    step: v.picklist([1, -1]),
  }),
  v.strictObject({
    kind: v.literal('patterns'),
    patterns: v.pipe(v.array(Words), v.maxLength(100)),
  }),
]);
export type LogRequest = v.InferOutput<typeof LogRequest>;

/** How it stands with a log. */
export interface LogStanding {
  /** Lines that fit the filter, as far as was searched. */
  readonly shown: number;
  /** Lines that were searched, of `total`. */
  readonly searched: number;
  readonly total: number;
  /** Lines that were forgotten to stay within bounds. */
  readonly forgotten: number;
  /** Changes whenever a line that was shown has got another place. */
  readonly revision: number;
  /** The expression that was given up because it takes too long. */
  readonly slowRegex?: string;
  /** What is wrong with an expression that is none; the filter before is in force. */
  readonly badRegex?: string;
  readonly counts: LogCounts;
}

export type LogAnswer =
  | { readonly kind: 'standing'; readonly standing: LogStanding }
  | {
      readonly kind: 'rows';
      readonly ticket: number;
      readonly from: number;
      readonly revision: number;
      readonly rows: readonly LogRow[];
    }
  /**
   * A place among what is shown; -1 where there is none. With what was looked for comes the line that is
   * there: when the page asks for it, another may have got its place.
   */
  | {
      readonly kind: 'place';
      readonly ticket: number;
      readonly place: number;
      readonly row?: LogRow;
    };
