/** A letter of a text with the marks that stand on it, or the end of a line. */
export interface TextUnit {
  /** As it stands in the text; the end of a line is always one line feed. */
  readonly text: string;
  /** Where it begins: UTF-16 units from the start; line and column count from 1, in code points. */
  readonly index: number;
  readonly line: number;
  readonly column: number;
}

const UNIT = /\r\n|[\s\S]\p{M}*/gu;

/** The units of a text in order. Ends of lines are CR LF, LF or CR; a lone surrogate is a unit too. */
export function* textUnits(text: string): Generator<TextUnit> {
  let line = 1;
  let column = 1;
  for (const { 0: unit, index } of text.matchAll(UNIT)) {
    const isLineEnd = unit === '\r\n' || unit === '\n' || unit === '\r';
    yield { text: isLineEnd ? '\n' : unit, index, line, column };
    line += isLineEnd ? 1 : 0;
    column = isLineEnd ? 1 : column + Array.from(unit).length;
  }
}
