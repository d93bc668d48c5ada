const NAME_START =
  'A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}' +
  '\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}' +
  '\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NAME_MORE = `\\u{300}-\\u{36F}\\u{203F}-\\u{2040}\\u{B7}${NAME_START}0-9.\\-`;
const PLAIN_NAME = `[${NAME_START}][${NAME_MORE}]*`;

const QUALIFIED_NAME = new RegExp(`(?:${PLAIN_NAME}:)?${PLAIN_NAME}`, 'uy');
const SPACE = /[ \t\n\r]*/y;

// Control characters other than tab and line ends, lone surrogates, and the two non-characters.
const ILLEGAL = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ud800-\udfff\ufffe\uffff]/u;
const EVERY_ILLEGAL = new RegExp(ILLEGAL.source, 'gu');

/** The name that starts at an offset, prefix included (Namespaces in XML 1.0); '' when none does. */
export function nameAt(text: string, offset: number): string {
  QUALIFIED_NAME.lastIndex = offset;
  return QUALIFIED_NAME.exec(text)?.[0] ?? '';
}

/** The offset after the white space that starts at an offset. */
export function afterSpace(text: string, offset: number): number {
  SPACE.lastIndex = offset;
  SPACE.test(text);
  return SPACE.lastIndex;
}

/** The offset of the first character XML 1.0 does not allow, or -1. */
export function illegalAt(text: string): number {
  return text.search(ILLEGAL);
}

/** Whether a code point may stand in an XML 1.0 document. */
export function isLegal(codePoint: number): boolean {
  return codePoint <= 0x10ffff && !ILLEGAL.test(String.fromCodePoint(codePoint));
}

/** Whether there is nothing but white space. */
export function isBlank(text: string): boolean {
  return afterSpace(text, 0) === text.length;
}

/** The part before the colon; '' when there is none. */
export function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? '' : name.slice(0, colon);
}

/** The part after the colon, or the whole name. */
export function localNameOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

const TEXT_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#13;',
};

const VALUE_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  "'": '&apos;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text as it is written between tags. Characters XML cannot carry become U+FFFD. */
export function escapeText(text: string): string {
  return legalized(text).replace(/[&<>\r]/g, (found) => TEXT_ESCAPES[found] ?? found);
}

/** A value as it is written between quotes. Characters XML cannot carry become U+FFFD. */
export function escapeValue(value: string, quote: '"' | "'"): string {
  return legalized(value).replace(/[&<"'\t\n\r]/g, (found) => {
    const isOtherQuote = (found === '"' || found === "'") && found !== quote;
    return isOtherQuote ? found : (VALUE_ESCAPES[found] ?? found);
  });
}

function legalized(text: string): string {
  return ILLEGAL.test(text) ? text.replace(EVERY_ILLEGAL, '\ufffd') : text;
}
