import { isLegal } from './characters.ts';
import { shortened, XmlRefusal } from './xml-error.ts';

const PREDEFINED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['apos', "'"],
  ['quot', '"'],
]);

/** The longest thing between `&` and `;` worth looking at. */
const REFERENCE_MAX = 64;

/**
 * Text as it is meant: references resolved, line ends as LF. The offset is where the raw text
 * stands in the document. Throws an XmlRefusal at a reference that is not one of XML's own.
 */
export function decodeText(raw: string, offset: number): string {
  return decode(raw, offset, (literal) => literal.replace(/\r\n?/g, '\n'));
}

/** An attribute value as it is meant: references resolved, literal white space as spaces. */
export function decodeValue(raw: string, offset: number): string {
  return decode(raw, offset, (literal) => literal.replace(/\r\n|[\t\n\r]/g, ' '));
}

function decode(raw: string, offset: number, literally: (literal: string) => string): string {
  let amp = raw.indexOf('&');
  if (amp < 0) return literally(raw);
  const parts: string[] = [];
  let at = 0;
  while (amp >= 0) {
    parts.push(literally(raw.slice(at, amp)));
    const name = referenceName(raw, amp, offset);
    parts.push(resolve(name, offset + amp));
    at = amp + name.length + 2;
    amp = raw.indexOf('&', at);
  }
  parts.push(literally(raw.slice(at)));
  return parts.join('');
}

function referenceName(raw: string, amp: number, offset: number): string {
  const near = raw.slice(amp + 1, amp + 2 + REFERENCE_MAX);
  const end = near.indexOf(';');
  if (end < 0) throw new XmlRefusal({ code: 'bad-reference' }, offset + amp);
  return near.slice(0, end);
}

function resolve(name: string, offset: number): string {
  if (name.startsWith('#')) return character(name, offset);
  const text = PREDEFINED.get(name);
  if (text !== undefined) return text;
  throw new XmlRefusal({ code: 'unknown-entity', name: shortened(name) }, offset);
}

function character(name: string, offset: number): string {
  const digits = /^#(?:x([0-9A-Fa-f]+)|([0-9]+))$/.exec(name);
  const codePoint = digits?.[1] === undefined ? Number(digits?.[2]) : parseInt(digits[1], 16);
  // Not a number fails the comparison inside isLegal and is refused with the illegal ones.
  if (!isLegal(codePoint)) throw new XmlRefusal({ code: 'bad-reference' }, offset);
  return String.fromCodePoint(codePoint);
}
