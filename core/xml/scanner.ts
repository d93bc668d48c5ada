import { afterSpace, nameAt } from './characters.ts';
import type { XmlLimits } from './limits.ts';
import type { AttributeMarkup } from './markup.ts';
import { decodeValue } from './references.ts';
import { shortened, XmlRefusal, type XmlFault } from './xml-error.ts';

/** A start tag or empty-element tag as it was found. */
export interface Tag {
  readonly name: string;
  readonly start: number;
  readonly attributes: readonly AttributeMarkup[];
  readonly values: readonly (readonly [string, string])[];
  readonly tail: string;
  readonly isEmpty: boolean;
}

/** Takes a text apart from start to end, one token at a time. */
export class Scanner {
  readonly text: string;
  readonly #limits: XmlLimits;
  at = 0;

  constructor(text: string, limits: XmlLimits) {
    this.text = text;
    this.#limits = limits;
  }

  isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  looksAt(expected: string): boolean {
    return this.text.startsWith(expected, this.at);
  }

  /** Stops the parse here, or at another offset. */
  refuse(fault: XmlFault, offset = this.at): never {
    // A text cut off in the middle of `/>` has an end too soon, not a bad tag.
    const isCut = this.isAtEnd() || this.text.slice(this.at, this.at + 2) === '/';
    if (isCut) this.refuseAt(this.text.length);
    throw new XmlRefusal(fault, offset);
  }

  skipSpace(): string {
    const start = this.at;
    this.at = afterSpace(this.text, start);
    return this.text.slice(start, this.at);
  }

  /** The text from here up to a mark, which is passed over. */
  through(mark: string): string {
    const end = this.text.indexOf(mark, this.at);
    if (end < 0) return this.refuseAt(this.text.length);
    if (end - this.at > this.#limits.text) {
      this.refuse({ code: 'text-too-long', limit: this.#limits.text });
    }
    const found = this.text.slice(this.at, end);
    this.at = end + mark.length;
    return found;
  }

  /** The text from here up to the next tag, comment or the like. */
  untilMarkup(): string {
    const end = this.text.indexOf('<', this.at);
    if (end < 0) return this.refuseAt(this.text.length);
    const found = this.text.slice(this.at, end);
    if (found.length > this.#limits.text) {
      this.refuse({ code: 'text-too-long', limit: this.#limits.text });
    }
    const sectionEnd = found.indexOf(']]>');
    if (sectionEnd >= 0) this.refuse({ code: 'section-end-in-text' }, this.at + sectionEnd);
    this.at = end;
    return found;
  }

  name(): string {
    const name = nameAt(this.text, this.at);
    const end = this.at + name.length;
    const hasColon = this.text[end] === ':';
    // What touches the end might have gone on.
    if (end + (hasColon ? 1 : 0) >= this.text.length) this.refuseAt(this.text.length);
    if (name === '' || hasColon) this.refuse({ code: 'bad-name' });
    this.at = end;
    return name;
  }

  /** A comment or processing instruction, when one starts here. */
  aside(): string | undefined {
    const start = this.at;
    if (this.looksAt('<!--')) this.#comment();
    else if (this.looksAt('<?')) this.#instruction();
    else return undefined;
    return this.text.slice(start, this.at);
  }

  /** A start tag; the cursor stands on its `<`. */
  tag(): Tag {
    const start = this.at;
    this.at += 1;
    const name = this.name();
    const attributes: AttributeMarkup[] = [];
    const values: [string, string][] = [];
    const seen = new Set<string>();
    for (;;) {
      const spaceStart = this.at;
      const space = this.skipSpace();
      if (this.looksAt('>') || this.looksAt('/>')) {
        const isEmpty = this.looksAt('/>');
        this.at += isEmpty ? 2 : 1;
        return { name, start, attributes, values, tail: space, isEmpty };
      }
      if (space === '') this.refuse({ code: 'bad-tag' });
      this.#countAttribute(values.length);
      const { markup, value } = this.#attribute(spaceStart, seen);
      attributes.push(markup);
      values.push([markup.name, value]);
    }
  }

  /** An end tag; the cursor stands on its `<`. */
  endTag(expected: string): string {
    const start = this.at;
    this.at += 2;
    const found = this.name();
    if (found !== expected) {
      const names = { expected: shortened(expected), found: shortened(found) };
      throw new XmlRefusal({ code: 'mismatched-tag', ...names }, start);
    }
    this.skipSpace();
    if (!this.looksAt('>')) this.refuse({ code: 'bad-tag' });
    this.at += 1;
    return this.text.slice(start, this.at);
  }

  refuseAt(offset: number): never {
    throw new XmlRefusal({ code: 'unexpected-end' }, offset);
  }

  #countAttribute(count: number): void {
    if (count < this.#limits.attributes) return;
    this.refuse({ code: 'too-many-attributes', limit: this.#limits.attributes });
  }

  #attribute(leadStart: number, seen: Set<string>) {
    const nameStart = this.at;
    const name = this.name();
    if (seen.has(name)) {
      this.refuse({ code: 'duplicate-attribute', name: shortened(name) }, nameStart);
    }
    seen.add(name);
    this.skipSpace();
    if (!this.looksAt('=')) this.refuse({ code: 'bad-attribute', name: shortened(name) });
    this.at += 1;
    this.skipSpace();
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") {
      return this.refuse({ code: 'bad-attribute', name: shortened(name) });
    }
    const lead = this.text.slice(leadStart, this.at);
    this.at += 1;
    const valueStart = this.at;
    const raw = this.through(quote);
    const lessThan = raw.indexOf('<');
    if (lessThan >= 0) {
      const fault = { code: 'less-than-in-attribute', name: shortened(name) } as const;
      throw new XmlRefusal(fault, valueStart + lessThan);
    }
    const markup: AttributeMarkup = { name, lead, quote, raw };
    return { markup, value: decodeValue(raw, valueStart) };
  }

  #comment(): void {
    this.at += 4;
    const start = this.at;
    const body = this.through('-->');
    const dashes = body.indexOf('--');
    if (dashes >= 0) throw new XmlRefusal({ code: 'bad-comment' }, start + dashes);
    if (body.endsWith('-')) {
      throw new XmlRefusal({ code: 'bad-comment' }, start + body.length - 1);
    }
  }

  #instruction(): void {
    const start = this.at;
    this.at += 2;
    const target = this.name();
    if (target.includes(':') || target.toLowerCase() === 'xml') {
      throw new XmlRefusal({ code: 'bad-instruction' }, start);
    }
    const hasSpace = afterSpace(this.text, this.at) > this.at;
    if (!hasSpace && !this.looksAt('?>')) this.refuse({ code: 'bad-instruction' });
    this.through('?>');
  }
}
