/** What somebody pastes, as a terminal gets it. */
export interface PastedText {
  /** Without control characters: nothing in it can end the brackets or press keys. */
  readonly text: string;
  readonly lines: number;
  /** Whether an end of a line would work as Enter where no brackets are around it. */
  readonly enters: boolean;
}

const NO_TEXT = /(?![\t\n\r])\p{Cc}/gu;
const LINE_END = /\r\n|\r|\n/u;

/** Reads what was on the clipboard, which may have been put there by a page. */
export function readPasted(raw: string): PastedText {
  const text = raw.replace(NO_TEXT, '');
  const lines = text.replace(/[\r\n]+$/u, '').split(LINE_END).length;
  return { text, lines, enters: LINE_END.test(text) };
}
