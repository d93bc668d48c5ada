import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../../../core/xml/element.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { transformed } from '../../../../core/xml/transform.ts';
import { writeXml } from '../../../../core/xml/write.ts';
import { withAttribute } from '../../../../core/xml/edit.ts';
import { arbitraryDocument } from './arbitrary-document.ts';
import { expectOk } from './expect.ts';
import { fixture, fixtureNames } from './fixtures.ts';

/** Touches every element so that nothing is copied whole, and leaves each as it was. */
function touchedEverywhere(root: XmlElement): XmlElement {
  return transformed(root, (element) => {
    return withAttribute(withAttribute(element, 'touched', '1'), 'touched', undefined);
  });
}

describe('writeXml', { timeout: 60_000 }, () => {
  it('gives back every generated document unchanged', () => {
    fc.assert(
      fc.property(arbitraryDocument, (text) => {
        expect(writeXml(expectOk(parseXml(text)))).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('gives back every generated document unchanged when each part is written anew', () => {
    fc.assert(
      fc.property(arbitraryDocument, (text) => {
        const document = expectOk(parseXml(text));
        const root = touchedEverywhere(document.root);
        expect(root).toEqual(document.root);
        expect(writeXml({ ...document, root })).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  it('writes the data of every generated document so that it reads the same', () => {
    fc.assert(
      fc.property(arbitraryDocument, (text) => {
        const { root } = expectOk(parseXml(text));
        const data: XmlElement = structuredClone(root);
        expect(expectOk(parseXml(writeXml({ before: '', root: data, after: '' }))).root).toEqual(
          root,
        );
      }),
      { numRuns: 300 },
    );
  });

  it.each(fixtureNames)('gives back %s unchanged', (name) => {
    const text = fixture(name);
    const document = expectOk(parseXml(text));
    expect(writeXml(document)).toBe(text);
    expect(writeXml({ ...document, root: touchedEverywhere(document.root) })).toBe(text);
  });
});
