import { describe, expect, it } from 'vitest';
import { el } from '../../../../core/xml/element.ts';
import { XML_LIMITS } from '../../../../core/xml/limits.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { writeXml } from '../../../../core/xml/write.ts';
import { expectOk } from './expect.ts';

const rootOf = (text: string) => expectOk(parseXml(text)).root;
const errorOf = (text: string, limits = XML_LIMITS) => {
  const parsed = parseXml(text, limits);
  return parsed.ok ? undefined : parsed.error;
};

describe('parseXml', () => {
  it('gives elements as plain data', () => {
    expect(rootOf(`<a x='1'><b/>text<c y="2">z</c></a>`)).toEqual(
      el('a', { x: '1' }, [el('b'), 'text', el('c', { y: '2' }, ['z'])]),
    );
  });

  it('resolves the five entities and character references', () => {
    expect(rootOf('<a x="&lt;&#10;&quot;">&amp;&gt;&apos;&#x1F600;&#65;</a>')).toEqual(
      el('a', { x: '<\n"' }, [`&>'\u{1F600}A`]),
    );
  });

  it('reads line ends as LF and white space in attributes as spaces', () => {
    expect(rootOf('<a x="1\r\n2\t3">\r\nb\rc&#13;</a>')).toEqual(
      el('a', { x: '1 2 3' }, ['\nb\nc\r']),
    );
  });

  it('joins text around comments, instructions and sections', () => {
    expect(rootOf('<a>1<!-- c -->2<?p i?><![CDATA[<3>&]]></a>')).toEqual(el('a', {}, ['12<3>&']));
  });

  it('keeps what stands around the root', () => {
    const text = '\ufeff<?xml version="1.0" encoding=\'utf-8\'?>\r\n<!-- a -->\n<a/>\n<?b?>\n';
    expect(expectOk(parseXml(text))).toEqual({
      before: '\ufeff<?xml version="1.0" encoding=\'utf-8\'?>\r\n<!-- a -->\n',
      root: el('a'),
      after: '\n<?b?>\n',
    });
  });

  it('reads attributes whose names every object inherits', () => {
    expect(Object.entries(rootOf('<a __proto__="1" constructor="2"/>').attributes)).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
  });

  it('accepts the same prefix with another meaning further inside', () => {
    const text = '<p:a xmlns:p="u:1" p:x="1"><p:b xmlns:p="u:2" xml:lang="en"/></p:a>';
    expect(writeXml(expectOk(parseXml(text)))).toBe(text);
  });
});

describe('parseXml refuses', () => {
  it.each([
    ['<!DOCTYPE a><a/>', { code: 'dtd-refused', line: 1, column: 1 }],
    ['<a>\n <!DOCTYPE b></a>', { code: 'dtd-refused', line: 2, column: 2 }],
    ['<a>&nope;</a>', { code: 'unknown-entity', name: 'nope', line: 1, column: 4 }],
    ['<a b="&constructor;"/>', { code: 'unknown-entity', name: 'constructor', line: 1, column: 7 }],
    ['<a>\r\n&#0;</a>', { code: 'bad-reference', line: 2, column: 1 }],
    ['<a>&#xD800;</a>', { code: 'bad-reference', line: 1, column: 4 }],
    ['<a>&#x110000;</a>', { code: 'bad-reference', line: 1, column: 4 }],
    ['<a>&#;</a>', { code: 'bad-reference', line: 1, column: 4 }],
    ['<a>& b</a>', { code: 'bad-reference', line: 1, column: 4 }],
    ['<a>\u0001</a>', { code: 'illegal-character', codePoint: 1, line: 1, column: 4 }],
    ['<a>\ud800</a>', { code: 'illegal-character', codePoint: 0xd800, line: 1, column: 4 }],
    ['<a>\uffff</a>', { code: 'illegal-character', codePoint: 0xffff, line: 1, column: 4 }],
    ['', { code: 'no-root', line: 1, column: 1 }],
    ['<!-- a -->\n', { code: 'no-root', line: 2, column: 1 }],
    ['<a/><b/>', { code: 'several-roots', line: 1, column: 5 }],
    ['a<b/>', { code: 'text-outside-root', line: 1, column: 1 }],
    ['<a/>\rb', { code: 'text-outside-root', line: 2, column: 1 }],
    ['<?xml version="2.0"?><a/>', { code: 'bad-declaration', line: 1, column: 1 }],
    ['<a><!ELEMENT b></a>', { code: 'bad-markup', line: 1, column: 4 }],
    ['<a><!-- x -- y --></a>', { code: 'bad-comment', line: 1, column: 11 }],
    ['<a><!--x---></a>', { code: 'bad-comment', line: 1, column: 9 }],
    [' <?xml version="1.0"?><a/>', { code: 'bad-instruction', line: 1, column: 2 }],
    ['<a><?p:q r?></a>', { code: 'bad-instruction', line: 1, column: 4 }],
    ['<1/>', { code: 'bad-name', line: 1, column: 2 }],
    ['<a:b:c xmlns:a="u"/>', { code: 'bad-name', line: 1, column: 2 }],
    ['<a b="1"c="2"/>', { code: 'bad-tag', line: 1, column: 9 }],
    ['<a></a b>', { code: 'bad-tag', line: 1, column: 8 }],
    ['<a b/>', { code: 'bad-attribute', name: 'b', line: 1, column: 5 }],
    ['<a b=1/>', { code: 'bad-attribute', name: 'b', line: 1, column: 6 }],
    ['<a b="1" b="2"/>', { code: 'duplicate-attribute', name: 'b', line: 1, column: 10 }],
    [
      '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>',
      { code: 'duplicate-attribute', name: 'q:b', line: 1, column: 1 },
    ],
    ['<a b="<"/>', { code: 'less-than-in-attribute', name: 'b', line: 1, column: 7 }],
    ['<a>]]></a>', { code: 'section-end-in-text', line: 1, column: 4 }],
    ['<a><b></a>', { code: 'mismatched-tag', expected: 'b', found: 'a', line: 1, column: 7 }],
    ['<p:a/>', { code: 'unbound-prefix', prefix: 'p', line: 1, column: 1 }],
    [
      '<a><b xmlns:p="u"/><c p:d=""/></a>',
      { code: 'unbound-prefix', prefix: 'p', line: 1, column: 20 },
    ],
    ['<a xmlns:p=""/>', { code: 'bad-namespace', prefix: 'p', line: 1, column: 1 }],
    ['<a xmlns:xml="u"/>', { code: 'bad-namespace', prefix: 'xml', line: 1, column: 1 }],
    ['<a xmlns:xmlns="u"/>', { code: 'bad-namespace', prefix: 'xmlns', line: 1, column: 1 }],
    ['<a><b>', { code: 'unexpected-end', line: 1, column: 7 }],
  ])('%j', (text, error) => {
    expect(errorOf(text)).toEqual(error);
  });

  it('cuts what it quotes of a hostile document', () => {
    expect(errorOf(`<a><${'b'.repeat(1000)}></c></a>`)).toEqual({
      code: 'mismatched-tag',
      expected: `${'b'.repeat(63)}…`,
      found: 'c',
      line: 1,
      column: 1006,
    });
  });
});
