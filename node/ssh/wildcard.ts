/**
 * Whether a text fits a pattern in which `*` stands for any run of characters and `?` for one, in
 * time that no pattern can make exponential.
 */
export function fitsWildcard(pattern: string, text: string): boolean {
  let at = 0;
  let inText = 0;
  let star = -1;
  let retryFrom = 0;
  while (inText < text.length) {
    const sign = pattern[at];
    if (sign === '*') {
      star = at++;
      retryFrom = inText;
    } else if (sign === '?' || sign === text[inText]) {
      at++;
      inText++;
    } else if (star >= 0) {
      // The star takes one character more.
      at = star + 1;
      inText = ++retryFrom;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
