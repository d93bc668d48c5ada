import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { XmlElement } from '../../../../../core/xml/element.ts';
import { parseXml } from '../../../../../core/xml/parse.ts';
import { evaluateXPath, matchesXPath } from '../../../../../core/xml/xpath/evaluate.ts';
import type { XPathNode } from '../../../../../core/xml/xpath/node.ts';
import { parseXPath } from '../../../../../core/xml/xpath/parse.ts';
import { requiredWords } from '../../../../../core/xml/xpath/required-words.ts';
import { isNodes } from '../../../../../core/xml/xpath/value.ts';
import { arbitraryDocument } from '../arbitrary-document.ts';
import { expectOk } from '../expect.ts';

const name = fc.constantFrom('a', 'disk', 'x-1', 'name.y', '日本');

function elementsIn(element: XmlElement): readonly XmlElement[] {
  const inner = element.children.filter((child) => typeof child !== 'string');
  return [element, ...inner.flatMap(elementsIn)];
}

function childrenOf(element: XmlElement): readonly XmlElement[] {
  return element.children.filter((child) => typeof child !== 'string');
}

function local({ name: written }: XmlElement): string {
  return written.slice(written.indexOf(':') + 1);
}

/** The elements that an expression leads to. */
function found(text: string, root: XmlElement): readonly (XmlElement | undefined)[] {
  const value = expectOk(evaluateXPath(expectOk(parseXPath(text)), root));
  const nodes: readonly XPathNode[] = isNodes(value) ? value : [];
  return nodes.map(({ element }) => element);
}

/** Steps and predicates as one would type them. */
const expression = fc
  .array(
    fc.tuple(
      fc.constantFrom('/', '//'),
      fc.oneof(name, fc.constantFrom('*', '.', '..', '@*', 'text()')),
      fc.constantFrom('', '', '[1]', '[last()]', '[@a]', '[a or disk]', '[not(*)]', '[. = "x"]'),
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((steps) =>
    steps
      .map(([lead, step, inside]) => lead + step + (step.startsWith('.') ? '' : inside))
      .join(''),
  );

describe('on any document', { timeout: 60_000 }, () => {
  it('// leads to all elements of a name, in their order', () => {
    fc.assert(
      fc.property(arbitraryDocument, name, (text, wanted) => {
        const { root } = expectOk(parseXml(text));
        const expected = elementsIn(root).filter((one) => local(one) === wanted);
        expect(found(`//${wanted}`, root)).toEqual(expected);
      }),
    );
  });

  it('[n] takes the nth of each parent', () => {
    fc.assert(
      fc.property(arbitraryDocument, fc.integer({ min: 1, max: 3 }), (text, nth) => {
        const { root } = expectOk(parseXml(text));
        const expected = elementsIn(root).flatMap((one) => childrenOf(one)[nth - 1] ?? []);
        const shown = new Set(found(`/*//*[${nth}]`, root));
        expect(shown).toEqual(new Set(expected));
      }),
    );
  });

  it('count() counts what is found, and a union with itself adds nothing', () => {
    fc.assert(
      fc.property(arbitraryDocument, expression, (text, path) => {
        const { root } = expectOk(parseXml(text));
        const count = found(path, root).length;
        const counted = expectOk(parseXPath(`count(${path}) = ${count}`));
        expect(matchesXPath(counted, root)).toBe(true);
        expect(found(`${path} | ${path}`, root)).toHaveLength(count);
      }),
    );
  });

  it('what matches holds the words that are required', () => {
    fc.assert(
      fc.property(arbitraryDocument, expression, (text, path) => {
        const read = expectOk(parseXPath(path));
        const { root } = expectOk(parseXml(text));
        if (!matchesXPath(read, root)) return;
        expect(requiredWords(read).filter((word) => !text.includes(word))).toEqual([]);
      }),
    );
  });
});

it('is never more than refused, whatever is typed', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          '/',
          '//',
          '[',
          ']',
          '(',
          ')',
          '@',
          '*',
          '|',
          'a',
          'or',
          '=',
          '"x"',
          '1',
          '.',
          '..',
          'not',
          'text()',
          ':',
          'Q{',
          '}',
          ',',
        ),
        { maxLength: 16 },
      )
      .map((parts) => parts.join('')),
  );
  const { root } = expectOk(parseXml('<a><b x="1">t</b></a>'));
  fc.assert(
    fc.property(typed, (text) => {
      const read = parseXPath(text);
      if (read.ok) evaluateXPath(read.value, root);
      else expect(read.error.at).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 2000 },
  );
});
