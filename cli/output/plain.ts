/** All control characters but those that end a line or a column: ECMA-48 in 7 and 8 bits. */
const CONTROL = /[^\P{Cc}\n\t]/gu;

/**
 * Words that others chose, as a terminal may have them. A control character in a name or a line of a
 * log could write over what stands there, or into the clipboard: it is shown, and not carried out.
 */
export function plain(text: string): string {
  return text.replace(CONTROL, (one) => `\\x${one.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
