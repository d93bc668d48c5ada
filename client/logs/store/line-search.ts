import { isAscii } from 'node:buffer';
import vm from 'node:vm';
import { LONGEST_SEARCHED, type BadRegex } from '../../../core/logs/log-filter.ts';
import { err, ok, type Result } from '../../../core/lib/result.ts';

/** Text of consecutive lines, each with its line feed. */
export interface TextBlock {
  readonly bytes: Buffer;
  /** Where each line begins, and, one further, where the last one ends; counted from `base`. */
  readonly starts: Uint32Array;
  readonly base: number;
  readonly count: number;
}

/** Clears the mark of each line that does not fit. Throws `SlowRegexError`. */
export type LineSearch = (block: TextBlock, marks: Uint8Array) => void;

export interface SearchWish {
  readonly text?: string | undefined;
  readonly regex?: string | undefined;
  readonly isCaseSensitive?: boolean | undefined;
}

/** A regular expression for which a single line takes longer than anybody would wait. */
export class SlowRegexError extends Error {
  readonly regex: string;

  constructor(regex: string) {
    super(`The regular expression ${regex} takes too long`);
    this.name = 'SlowRegexError';
    this.regex = regex;
  }
}

/** What a block may take, and each of its lines where it took longer. */
const LIMIT_MS = 100;
/** What the lines of such a block may take together. */
const BLOCK_LIMIT_MS = 2000;

/** The searches that a wish stands for, all of which a line must fit; none where nothing is wished. */
export function compileSearches(wish: SearchWish): Result<readonly LineSearch[], BadRegex> {
  const { text = '', regex = '', isCaseSensitive = false } = wish;
  const searches = text === '' ? [] : [textSearch(text, isCaseSensitive)];
  if (regex === '') return ok(searches);
  try {
    const expression = new RegExp(regex, isCaseSensitive ? '' : 'i');
    return ok([...searches, regexSearch(expression)]);
  } catch (cause) {
    return err({ regex, detail: cause instanceof Error ? cause.message : String(cause) });
  }
}

/** Finds text as it stands. The whole block is searched at once, not line by line. */
export function textSearch(text: string, isCaseSensitive: boolean): LineSearch {
  // Bytes are compared: each character of the one text is a byte of the other.
  const exact = Buffer.from(text).toString('latin1');
  const lower = text.toLowerCase();
  // Faster than to make small letters of all that is searched.
  const folded = new RegExp(escaped(lower), 'gi');
  return (block, marks) => {
    if (isCaseSensitive) keepHits(block, marks, block.bytes.toString('latin1'), exact);
    else if (!isAscii(block.bytes)) keepFolded(block, marks, lower);
    else if (!isAscii(Buffer.from(lower))) marks.fill(0, 0, block.count);
    else keepFitting(block, marks, folded);
  };
}

/** `expression` is global. */
function keepFitting(block: TextBlock, marks: Uint8Array, expression: RegExp): void {
  const hay = block.bytes.toString('latin1');
  keepFound(block, marks, (from) => {
    expression.lastIndex = from;
    return expression.exec(hay)?.index ?? -1;
  });
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
}

function keepHits(block: TextBlock, marks: Uint8Array, hay: string, needle: string): void {
  keepFound(block, marks, (from) => hay.indexOf(needle, from));
}

/** Keeps the marks of lines in which something is found; `find` gives the first place from one on, or -1. */
function keepFound(
  { starts, base, count }: TextBlock,
  marks: Uint8Array,
  find: (from: number) => number,
): void {
  let line = 0;
  for (let at = find(0); at >= 0; at = find((starts[line] ?? 0) - base)) {
    const from = line;
    while (line < count - 1 && (starts[line + 1] ?? 0) - base <= at) line += 1;
    marks.fill(0, from, line);
    line += 1;
    if (line === count) return;
  }
  marks.fill(0, line, count);
}

/** Capitals beyond ASCII may have more or fewer bytes than their small letters. */
function keepFolded(block: TextBlock, marks: Uint8Array, needle: string): void {
  linesOf(block).forEach((line, at) => {
    if (!line.toLowerCase().includes(needle)) marks[at] = 0;
  });
}

function linesOf({ bytes, count }: TextBlock): readonly string[] {
  return bytes.toString('utf8').split('\n', count);
}

function lineOf({ bytes, starts, base }: TextBlock, at: number): string {
  return bytes.toString('utf8', (starts[at] ?? 0) - base, (starts[at + 1] ?? 0) - base - 1);
}

const context = vm.createContext({ run: () => undefined });
const runner = new vm.Script('run()');

/** Runs something that may take long; false where it was cut off. */
function runWithin(limitMs: number, work: () => void): boolean {
  context['run'] = work;
  try {
    runner.runInContext(context, { timeout: limitMs });
    return true;
  } catch (cause) {
    if (isTimeout(cause)) return false;
    throw cause;
  }
}

function isTimeout(cause: unknown): boolean {
  return (
    typeof cause === 'object' &&
    cause !== null &&
    'code' in cause &&
    cause.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}

function regexSearch(expression: RegExp): LineSearch {
  const whole = acrossLines(expression);
  return (block, marks) => {
    if (whole && isAscii(block.bytes)) {
      const candidates = Uint8Array.from(marks);
      const isFound = runWithin(LIMIT_MS, () => keepFitting(block, candidates, whole));
      if (isFound) marks.set(candidates.subarray(0, block.count));
    }
    keepMatching(block, marks, expression);
  };
}

/** What is found anywhere may still not be found in the line alone, or not among its first characters. */
function keepMatching(block: TextBlock, marks: Uint8Array, expression: RegExp): void {
  const test = (at: number): void => {
    if (!expression.test(lineOf(block, at).slice(0, LONGEST_SEARCHED))) marks[at] = 0;
  };
  const first = marks.indexOf(1);
  const isDone = runWithin(LIMIT_MS, () => {
    for (let at = first; at >= 0; at = marks.indexOf(1, at + 1)) test(at);
  });
  if (isDone) return;
  // Was it one line, or was the computer busy with something else?
  const end = performance.now() + BLOCK_LIMIT_MS;
  for (let at = first; at >= 0; at = marks.indexOf(1, at + 1)) {
    const isTested = runWithin(LIMIT_MS, () => test(at));
    if (!isTested || performance.now() > end) throw new SlowRegexError(expression.source);
  }
}

/**
 * The expression for many lines at once, each of which begins and ends anew: it finds every line that
 * the expression does. Undefined for those that look around or could run on over the ends of lines.
 */
function acrossLines(expression: RegExp): RegExp | undefined {
  const { source, flags } = expression;
  if (/\[\^|\(\?|\\[^dwbB.*+?()[\]{}|^$/-]/u.test(source)) return undefined;
  return new RegExp(source, `${flags}gm`);
}
