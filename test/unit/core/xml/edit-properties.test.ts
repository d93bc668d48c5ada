import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { childrenNamed } from '../../../../core/xml/edit.ts';
import type { XmlElement } from '../../../../core/xml/element.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { parsePath, valueAt, withValueAt } from '../../../../core/xml/path.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { writeXml } from '../../../../core/xml/write.ts';
import { arbitraryDocument } from './arbitrary-document.ts';
import { expectOk } from './expect.ts';
import { fixture, fixtureNames } from './fixtures.ts';
import { changedLines } from './lines.ts';

const step = fc.constantFrom('a', 'disk', 'x-1', 'name.y');
const path = fc
  .tuple(fc.array(step, { minLength: 1, maxLength: 2 }), fc.option(step, { nil: undefined }))
  .map(([steps, attribute]) =>
    [...steps, ...(attribute === undefined ? [] : [`@${attribute}`])].join('/'),
  );
const value = fc
  .string({ unit: 'grapheme', maxLength: 12 })
  .map((text) => text.replace(/[\p{Cs}\ufffe\uffff]|(?![\t\n\r\u007f-\u009f])\p{Cc}/gu, ''));

/** Every attribute in an element and all in it, with the path of first elements that leads there. */
function attributePaths(element: XmlElement, prefix = ''): readonly string[] {
  const own = Object.keys(element.attributes)
    .filter((name) => !name.startsWith('xmlns'))
    .map((name) => `${prefix}@${name}`);
  const names = new Set(
    element.children.filter((child) => typeof child !== 'string').map(({ name }) => name),
  );
  const inner = [...names].flatMap((name) => {
    const child = childrenNamed(element, name)[0];
    return child === undefined ? [] : attributePaths(child, `${prefix}${name}/`);
  });
  return [...own, ...inner];
}

describe('withValueAt on any document', { timeout: 60_000 }, () => {
  it('writes what reads back as the value that was set, beside all that was there', () => {
    fc.assert(
      fc.property(arbitraryDocument, path, value, (text, where, next) => {
        const document = expectOk(parseXml(text));
        const root = withValueAt(document.root, where, next);
        const again = expectOk(parseXml(writeXml({ ...document, root }))).root;
        expect(again).toEqual(root);
        const target = parsePath(where);
        // Text set beside elements joins the white space that lays them out.
        const isMixed = target.attribute === undefined && hasElements(again, target.steps);
        if (!isMixed) expect(valueAt(again, where)).toBe(next);
        expect(readerOf(again).namespace).toBe(readerOf(document.root).namespace);
      }),
      { numRuns: 500 },
    );
  });

  it('gives back the text when a value is set and set back', () => {
    fc.assert(
      fc.property(arbitraryDocument, value, fc.nat(), (text, next, choice) => {
        const document = expectOk(parseXml(text));
        const paths = attributePaths(document.root);
        const where = paths[choice % Math.max(1, paths.length)];
        fc.pre(where !== undefined);
        const old = valueAt(document.root, where);
        const root = withValueAt(withValueAt(document.root, where, next), where, old);
        expect(expectOk(parseXml(writeXml({ ...document, root }))).root).toEqual(document.root);
      }),
      { numRuns: 300 },
    );
  });

  it.each(fixtureNames)('changes one line of %s for any one attribute', (name) => {
    const text = fixture(name);
    const document = expectOk(parseXml(text));
    for (const where of attributePaths(document.root)) {
      const root = withValueAt(document.root, where, 'changed <');
      const lines = changedLines(text, writeXml({ ...document, root }));
      expect([where, lines.length]).toEqual([where, 2]);
      expect(lines[1]).toContain('changed &lt;');
    }
  });
});

function hasElements(root: XmlElement, steps: readonly string[]): boolean {
  let found: XmlElement | undefined = root;
  for (const name of steps) found = found && childrenNamed(found, name)[0];
  return found?.children.some((child) => typeof child !== 'string') ?? false;
}
