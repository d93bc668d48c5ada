import { describe, expect, it } from 'vitest';
import { el } from '../../../../core/xml/element.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { valueAt, withElementAt, withValueAt } from '../../../../core/xml/path.ts';
import { serialize } from '../../../../core/xml/write.ts';
import { expectOk } from './expect.ts';

const rootOf = (text: string) => expectOk(parseXml(text)).root;
const edited = (text: string, path: string, value: string | undefined, after?: string[]) => {
  return serialize(withValueAt(rootOf(text), path, value, after));
};

describe('valueAt', () => {
  it('finds text and attributes, own and further inside', () => {
    const root = rootOf(`<a x='1'>own<b><c y='2'>deep</c></b><b><c y='3'/></b></a>`);
    expect(
      ['@x', '.', 'b/c', 'b/c/@y', 'b', 'd/@y', 'b/@constructor'].map((path) =>
        valueAt(root, path),
      ),
    ).toEqual(['1', 'own', 'deep', '2', '', undefined, undefined]);
  });
});

describe('withValueAt', () => {
  it('changes a value and not how the rest of its tag is written', () => {
    expect(edited(`<a  x = 'old'\n y="&#65;" />`, '@x', `it's`)).toBe(
      `<a  x = 'it&apos;s'\n y="&#65;" />`,
    );
  });

  it('adds an attribute with the quotes in use', () => {
    expect(edited(`<a><b c='1' /></a>`, 'b/@d', '"2"')).toBe(`<a><b c='1' d='"2"' /></a>`);
  });

  it('takes an attribute away', () => {
    expect(edited(`<a b='1'\n  c='2' d='3'/>`, '@c', undefined)).toBe(`<a b='1' d='3'/>`);
  });

  it('returns the same element when nothing changes', () => {
    const root = rootOf(`<a b='1'><c>t</c></a>`);
    expect(withValueAt(root, '@b', '1')).toBe(root);
    expect(withValueAt(root, 'c', 't')).toBe(root);
    expect(withValueAt(root, 'd/e/@f', undefined)).toBe(root);
  });

  it('replaces text and keeps the comments in it', () => {
    expect(edited('<a><b> old <!-- why --> </b></a>', 'b', 'new')).toBe(
      '<a><b>new<!-- why --></b></a>',
    );
  });

  it('keeps a CDATA section while it can hold the text', () => {
    expect([
      edited('<a><![CDATA[<]]></a>', '.', '&'),
      edited('<a><![CDATA[<]]></a>', '.', ']]>'),
    ]).toEqual(['<a><![CDATA[&]]></a>', '<a>]]&gt;</a>']);
  });

  it('puts text beside elements', () => {
    expect(edited('<a>old<b/> x </a>', '.', 'new')).toBe('<a>new<b/></a>');
  });

  it('opens an empty element for text and closes what was emptied', () => {
    expect([edited('<a><b /></a>', 'b', 'x'), edited('<a><b>x</b></a>', 'b', '')]).toEqual([
      '<a><b>x</b></a>',
      '<a><b></b></a>',
    ]);
  });

  it('puts a new element on a line of its own, indented as its siblings', () => {
    expect(edited('<a>\n   <b/>\n   <c/>\n</a>', 'd', 'x')).toBe(
      '<a>\n   <b/>\n   <c/>\n   <d>x</d>\n</a>',
    );
  });

  it('puts a new element behind the one it follows and its comment', () => {
    expect(edited('<a>\n  <b/> <!-- b -->\n  <c/>\n</a>', 'd', 'x', ['b', 'none'])).toBe(
      '<a>\n  <b/> <!-- b -->\n  <d>x</d>\n  <c/>\n</a>',
    );
  });

  it('indents what it makes on the way, with the line ends and tabs in use', () => {
    expect(edited('<a>\r\n\t<b/>\r\n</a>', 'b/c/d/@e', 'x')).toBe(
      '<a>\r\n\t<b>\r\n\t\t<c>\r\n\t\t\t<d e="x"/>\r\n\t\t</c>\r\n\t</b>\r\n</a>'.replaceAll(
        '"',
        "'",
      ),
    );
  });

  it('stays on one line in a document without lines', () => {
    expect(edited('<a><b/></a>', 'b/c/@d', 'x')).toBe(`<a><b><c d='x'/></b></a>`);
  });

  it('takes an element away with its line', () => {
    expect(edited('<a>\n  <b/>\n  <!-- c -->\n  <c>x</c>\n  <d/>\n</a>', 'c', undefined)).toBe(
      '<a>\n  <b/>\n  <!-- c -->\n  <d/>\n</a>',
    );
  });

  it('takes an element away from the middle of a line', () => {
    expect(edited('<a>\n  <b/><c/> <!-- c -->\n</a>', 'b', undefined)).toBe(
      '<a>\n  <c/> <!-- c -->\n</a>',
    );
  });

  it('takes away what it emptied but not what was empty', () => {
    expect([
      edited('<a>\n  <b>\n    <c d="1"/>\n  </b>\n  <e/>\n</a>', 'b/c/@d', undefined),
      edited('<a><b/></a>', 'b/@d', undefined),
      edited('<a>\n  <b c="1" d="2"/>\n</a>', 'b/@d', undefined),
    ]).toEqual(['<a>\n  <e/>\n</a>', '<a><b/></a>', '<a>\n  <b c="1"/>\n</a>']);
  });

  it('works on elements that were built here', () => {
    const built = el('a', { x: '1' }, [el('b')]);
    expect(withValueAt(withValueAt(built, 'b/@c', '2'), '@x', undefined)).toEqual(
      el('a', {}, [el('b', { c: '2' })]),
    );
  });
});

describe('withElementAt', () => {
  it('replaces an element in its place and lays the new one out', () => {
    const root = rootOf('<a>\n  <b/><!-- b -->\n</a>');
    const next = el('b', {}, [el('c', { d: '1' }), el('e', {}, ['f'])]);
    expect(serialize(withElementAt(root, 'b', next))).toBe(
      `<a>\n  <b>\n    <c d='1'/>\n    <e>f</e>\n  </b><!-- b -->\n</a>`,
    );
  });
});
