import fc from 'fast-check';
import { expect } from 'vitest';
import { parseXml } from '../../../core/xml/parse.ts';
import { writeXml } from '../../../core/xml/write.ts';
import { spoiltText } from '../../support/hostile-arbitraries.ts';
import { arbitraryDocument } from '../../unit/core/xml/arbitrary-document.ts';

const PIECES = [
  ...['<', '>', '/', '&', ';', '=', '"', "'", '<a>', '</a>', '<b/>', ' x="', ':', 'xmlns:p=""'],
  ...[
    '<!--',
    '--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<?xml version="1.1"?>',
    '<!DOCTYPE a [',
  ],
  ...['<!ENTITY x "y">', '&x;', '&#0;', '&#xD800;', '&#x110000;', '\u0000', '\ud800', '\ufffe'],
  ...['\ufeff', '\r', '\t', '𐀀', '__proto__', 'constructor', ' '],
];

/** A definition: what is accepted is written as it came. */
export const xml = fc.property(spoiltText(arbitraryDocument, PIECES), (text) => {
  const parsed = parseXml(text);
  if (parsed.ok) expect(writeXml(parsed.value)).toBe(text);
  else expect(parsed.error.line).toBeGreaterThan(0);
});
