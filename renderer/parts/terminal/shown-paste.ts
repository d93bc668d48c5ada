/** How a pasted text is looked over before it is sent. */
export interface ShownPaste {
  readonly begin: string;
  /** Of how many characters between the two neither shows any; 0 where `begin` is all of it. */
  readonly leftOut: number;
  readonly end: string;
  /** Whether characters stand there as their code. */
  readonly isMarked: boolean;
}

/** Of a longer text the page shows this many characters at its begin, and as many at its end. */
const MOST_AT_AN_END = 10_000;

/** What is not drawn, turns others around, or breaks lines here and not where it is sent. */
const UNSEEN = /(?!\n|\t)[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Shows each character of a text in its place, also those that nobody sees; the text stays as it is. */
export function showPaste(text: string): ShownPaste {
  const isWhole = text.length <= 2 * MOST_AT_AN_END;
  const from = isWhole ? text.length : betweenCharacters(text, MOST_AT_AN_END);
  const to = isWhole ? text.length : betweenCharacters(text, text.length - MOST_AT_AN_END);
  const [begin, end] = [lined(text.slice(0, from)), lined(text.slice(to))];
  const [shownBegin, shownEnd] = [marked(begin), marked(end)];
  return {
    begin: shownBegin,
    leftOut: to - from,
    end: shownEnd,
    isMarked: shownBegin !== begin || shownEnd !== end,
  };
}

/** A lone carriage return is an Enter as well, and a page draws none. */
function lined(text: string): string {
  return text.replaceAll(/\r\n?/gu, '\n');
}

function marked(text: string): string {
  return text.replaceAll(UNSEEN, (sign) => {
    const code = (sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${code}]`;
  });
}

/** The place itself, or the one before it where a character of two halves would be cut. */
function betweenCharacters(text: string, at: number): number {
  return (text.codePointAt(at - 1) ?? 0) > 0xff_ff ? at - 1 : at;
}
