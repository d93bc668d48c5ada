/** Why a text was refused as XML. The found text in it is cut to a few characters. */
export type XmlFault =
  | { readonly code: 'too-large'; readonly limit: number }
  | { readonly code: 'too-deep'; readonly limit: number }
  | { readonly code: 'too-many-nodes'; readonly limit: number }
  | { readonly code: 'too-many-attributes'; readonly limit: number }
  | { readonly code: 'text-too-long'; readonly limit: number }
  | { readonly code: 'dtd-refused' }
  | { readonly code: 'unknown-entity'; readonly name: string }
  | { readonly code: 'bad-reference' }
  | { readonly code: 'illegal-character'; readonly codePoint: number }
  | { readonly code: 'unexpected-end' }
  | { readonly code: 'no-root' }
  | { readonly code: 'several-roots' }
  | { readonly code: 'text-outside-root' }
  | { readonly code: 'bad-declaration' }
  | { readonly code: 'bad-markup' }
  | { readonly code: 'bad-comment' }
  | { readonly code: 'bad-instruction' }
  | { readonly code: 'bad-name' }
  | { readonly code: 'bad-tag' }
  | { readonly code: 'bad-attribute'; readonly name: string }
  | { readonly code: 'duplicate-attribute'; readonly name: string }
  | { readonly code: 'less-than-in-attribute'; readonly name: string }
  | { readonly code: 'section-end-in-text' }
  | { readonly code: 'mismatched-tag'; readonly expected: string; readonly found: string }
  | { readonly code: 'unbound-prefix'; readonly prefix: string }
  | { readonly code: 'bad-namespace'; readonly prefix: string };

/** A place in a text, both counted from 1; columns in UTF-16 units, as editors count. */
export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** A refusal and where it happened. */
export type XmlError = XmlFault & TextPosition;

const QUOTED_MAX = 64;

/** Carries a fault out of the parser; it never leaves this folder. */
export class XmlRefusal extends Error {
  readonly fault: XmlFault;
  readonly offset: number;

  constructor(fault: XmlFault, offset: number) {
    super(fault.code);
    this.fault = fault;
    this.offset = offset;
  }
}

/** A found name short enough to be shown, however long a hostile document made it. */
export function shortened(found: string): string {
  return found.length <= QUOTED_MAX ? found : `${found.slice(0, QUOTED_MAX - 1)}…`;
}

/** The line and column of an offset; CRLF, LF and CR each end a line. */
export function positionAt(text: string, offset: number): TextPosition {
  let line = 1;
  let lineStart = 0;
  for (let at = 0; at < offset; at += 1) {
    const code = text.charCodeAt(at);
    const endsLine = code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10);
    if (endsLine) {
      line += 1;
      lineStart = at + 1;
    }
  }
  return { line, column: offset - lineStart + 1 };
}
