const CDATA = '<![CDATA[';
const DECLARATION = '<?xml';

/**
 * Watches the text of a stream for what RFC 6120 §11.1 forbids: comments, processing instructions
 * and document types, which the XMPP library's parser skips or hangs on. Text comes in pieces.
 */
export class XmlGuard {
  #isInCdata = false;
  #isInDeclaration = false;
  #isAtStart = true;
  #carry = '';
  #tags = 0;

  /** How many tags have begun. */
  get tags(): number {
    return this.#tags;
  }

  get isInCdata(): boolean {
    return this.#isInCdata;
  }

  /** Whether the stream is in no marked section and at no mark that cannot be judged yet. */
  isInText(): boolean {
    return !this.#isInCdata && !this.#isInDeclaration && this.#carry === '';
  }

  /** Whether the stream is still free of forbidden XML with this piece added. */
  accepts(piece: string): boolean {
    const text = this.#carry + piece;
    this.#carry = '';
    let at = 0;
    while (at < text.length) {
      const next = this.#step(text, at);
      if (next === undefined) return false;
      at = next;
    }
    return true;
  }

  /** Where to go on after the next thing that matters; undefined when it is forbidden. */
  #step(text: string, at: number): number | undefined {
    if (this.#isInCdata) return this.#skipPast(text, at, ']]>', () => (this.#isInCdata = false));
    if (this.#isInDeclaration) {
      return this.#skipPast(text, at, '?>', () => (this.#isInDeclaration = false));
    }
    const open = text.indexOf('<', at);
    if (open < 0) return this.#passText(text, at);
    if (open + 1 === text.length) return this.#keep(text, open);
    const mark = text[open + 1];
    if (mark === '!') return this.#enterCdata(text, open);
    if (mark === '?') return this.#enterDeclaration(text, open);
    this.#isAtStart = false;
    this.#tags += 1;
    return open + 1;
  }

  #passText(text: string, at: number): number {
    if (text.slice(at).trim() !== '') this.#isAtStart = false;
    return text.length;
  }

  #skipPast(text: string, at: number, end: string, done: () => void): number {
    const found = text.indexOf(end, at);
    if (found < 0) return this.#keep(text, Math.max(at, text.length - end.length + 1));
    done();
    return found + end.length;
  }

  #enterCdata(text: string, open: number): number | undefined {
    if (text.startsWith(CDATA, open)) {
      this.#isInCdata = true;
      return open + CDATA.length;
    }
    return CDATA.startsWith(text.slice(open)) ? this.#keep(text, open) : undefined;
  }

  #enterDeclaration(text: string, open: number): number | undefined {
    if (!this.#isAtStart) return undefined;
    if (text.startsWith(DECLARATION, open)) {
      this.#isInDeclaration = true;
      this.#isAtStart = false;
      return open + DECLARATION.length;
    }
    return DECLARATION.startsWith(text.slice(open)) ? this.#keep(text, open) : undefined;
  }

  /** Keeps what cannot be judged yet until more has come. */
  #keep(text: string, from: number): number {
    this.#carry = text.slice(from);
    return text.length;
  }
}
