/** What a document may cost before it is refused. */
export interface XmlLimits {
  /** Bytes of the whole text in UTF-8. */
  readonly bytes: number;
  /** Elements inside each other, the root being 1. */
  readonly depth: number;
  /** Elements, stretches of text, comments and processing instructions together. */
  readonly nodes: number;
  /** Attributes of one element, namespace declarations included. */
  readonly attributes: number;
  /** Characters, as written, of one attribute value, stretch of text, comment or instruction. */
  readonly text: number;
}

/** Generous for libvirt documents: the largest known capabilities stay far below each of them. */
export const XML_LIMITS: XmlLimits = {
  bytes: 4 * 1024 * 1024,
  depth: 256,
  nodes: 200_000,
  attributes: 256,
  text: 1024 * 1024,
};

/** The length of a text in UTF-8, in bytes; stops counting once it is above the limit. */
export function exceedsBytes(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  // No UTF-16 unit takes more than three bytes.
  if (text.length * 3 <= limit) return false;
  let bytes = 0;
  for (const character of text) {
    bytes += utf8Size(character.codePointAt(0) ?? 0);
  }
  return bytes > limit;
}

function utf8Size(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
