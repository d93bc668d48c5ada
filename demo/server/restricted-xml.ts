const CDATA_OPEN = '<![CDATA[';
const CDATA_CLOSE = ']]>';

/**
 * Looks for what a stream must not carry (comments, instructions, a DTD: RFC 6120 section 11.1), which the parser
 * would skip in silence, and swallow all that follows a DTD.
 */
export class RestrictedXmlGuard {
  #rest = '';
  #inCdata = false;
  #atStart = true;

  /** True when the text, read after all texts before it, has something forbidden. */
  refuses(chunk: string): boolean {
    const text = this.#rest + chunk;
    this.#rest = '';
    let position = this.#skipDeclaration(text);
    while (position < text.length) {
      const next = this.#inCdata ? this.#leaveCdata(text, position) : this.#outside(text, position);
      if (next === undefined) return true;
      position = next;
    }
    return false;
  }

  #skipDeclaration(text: string): number {
    if (!this.#atStart || text.trim() === '') return 0;
    this.#atStart = false;
    const start = text.search(/\S/);
    return text.startsWith('<?xml', start) ? start + '<?xml'.length : 0;
  }

  #leaveCdata(text: string, from: number): number {
    const end = text.indexOf(CDATA_CLOSE, from);
    if (end >= 0) {
      this.#inCdata = false;
      return end + CDATA_CLOSE.length;
    }
    this.#rest = text.slice(Math.max(from, text.length - 2));
    return text.length;
  }

  #outside(text: string, from: number): number | undefined {
    const mark = text.indexOf('<', from);
    if (mark < 0) return text.length;
    const opening = text.slice(mark, mark + CDATA_OPEN.length);
    if (opening === CDATA_OPEN) {
      this.#inCdata = true;
      return mark + CDATA_OPEN.length;
    }
    if (opening === '<' || (opening.startsWith('<!') && CDATA_OPEN.startsWith(opening))) {
      this.#rest = text.slice(mark);
      return text.length;
    }
    return /^<[!?]/.test(opening) ? undefined : mark + 1;
  }
}
