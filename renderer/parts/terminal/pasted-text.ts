import { MOST_SENT_BYTES } from '../../../core/contract/stream-port.ts';
import { err, ok, type Result } from '../../../core/lib/result.ts';

/** What somebody pastes, as a terminal gets it. */
export interface PastedText {
  /** Without control characters: nothing in it can end the brackets or press keys. */
  readonly text: string;
  readonly lines: number;
  /** Whether an end of a line would work as Enter where no brackets are around it. */
  readonly enters: boolean;
}

const NO_TEXT = /(?![\t\n\r])\p{Cc}/gu;
const LINE_END = /[\r\n]/u;

/**
 * Reads what was on the clipboard, which may have been put there by a page. What is longer than a
 * terminal takes at once is refused with its length in bytes, at least; the longest is not even read.
 */
export function readPasted(raw: string): Result<PastedText, number> {
  // No character is less than a byte.
  if (raw.length > MOST_SENT_BYTES) return err(raw.length);
  const text = raw.replace(NO_TEXT, '');
  const { length } = new TextEncoder().encode(text);
  if (length > MOST_SENT_BYTES) return err(length);
  return ok({ text, lines: linesOf(text), enters: LINE_END.test(text) });
}

/** Ends of lines behind the last of them do not begin another. */
function linesOf(text: string): number {
  let end = text.length;
  while (isLineEnd(text[end - 1])) end -= 1;
  let lines = 1;
  for (let at = 0; at < end; at += 1) {
    const isPair = text[at] === '\r' && text[at + 1] === '\n';
    if (isLineEnd(text[at]) && !isPair) lines += 1;
  }
  return lines;
}

function isLineEnd(sign: string | undefined): boolean {
  return sign === '\n' || sign === '\r';
}
