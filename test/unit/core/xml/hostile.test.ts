import { describe, expect, it } from 'vitest';
import { XML_LIMITS, type XmlLimits } from '../../../../core/xml/limits.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { fixture, fixtureNames } from './fixtures.ts';

const WIDE: XmlLimits = {
  bytes: 64 * 1024 * 1024,
  depth: 1_000_000,
  nodes: 10_000_000,
  attributes: 1_000_000,
  text: 64 * 1024 * 1024,
};

const codeOf = (text: string, limits: XmlLimits = XML_LIMITS) => {
  const parsed = parseXml(text, limits);
  return parsed.ok ? 'accepted' : parsed.error.code;
};

describe('parseXml meets hostile documents', { timeout: 60_000 }, () => {
  it('refuses the billion laughs at the DTD', () => {
    const bomb = `<?xml version="1.0"?>
<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>
<lolz>&lol2;</lolz>`;
    expect(parseXml(bomb)).toEqual({
      ok: false,
      error: { code: 'dtd-refused', line: 2, column: 1 },
    });
  });

  it('refuses an external entity at the DTD', () => {
    expect(codeOf('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')).toBe(
      'dtd-refused',
    );
  });

  it('stops at the depth limit', () => {
    const deep = '<a>'.repeat(200_000) + '</a>'.repeat(200_000);
    expect(parseXml(deep)).toEqual({
      ok: false,
      error: { code: 'too-deep', limit: 256, line: 1, column: 256 * 3 + 1 },
    });
  });

  it('does not overflow on a depth that was allowed', () => {
    const deep = '<a>'.repeat(200_000) + '</a>'.repeat(200_000);
    expect(codeOf(deep, WIDE)).toBe('accepted');
  });

  it('refuses too many bytes before it reads any', () => {
    const large = `<a b="${'x'.repeat(10 * 1024 * 1024)}"/>`;
    expect(parseXml(large)).toEqual({
      ok: false,
      error: { code: 'too-large', limit: XML_LIMITS.bytes, line: 1, column: 1 },
    });
  });

  it('counts bytes and not characters', () => {
    const text = `<a>${'日'.repeat(10)}</a>`;
    expect([codeOf(text, { ...WIDE, bytes: 36 }), codeOf(text, { ...WIDE, bytes: 37 })]).toEqual([
      'too-large',
      'accepted',
    ]);
  });

  it('refuses an attribute, a text, a section, a comment or an instruction that is too long', () => {
    const long = 'x'.repeat(XML_LIMITS.text + 1);
    const texts = [
      `<a b="${long}"/>`,
      `<a>${long}</a>`,
      `<a><![CDATA[${long}]]></a>`,
      `<a><!--${long}--></a>`,
      `<a><?p ${long}?></a>`,
    ];
    expect(texts.map((text) => codeOf(text))).toEqual(texts.map(() => 'text-too-long'));
  });

  it('stops at the number of nodes, of whatever kind', () => {
    const limits = { ...XML_LIMITS, nodes: 4 };
    const texts = ['<b/>', 'x<b/>', '<!---->', '<?p?>', '<![CDATA[]]>'].map((one) => {
      return `<a>${one.repeat(4)}</a>`;
    });
    expect(texts.map((text) => codeOf(text, limits))).toEqual(texts.map(() => 'too-many-nodes'));
    expect(codeOf('<a><b/><b/><b/></a>', limits)).toBe('accepted');
    expect(codeOf(`${'<!---->'.repeat(5)}<a/>`, limits)).toBe('too-many-nodes');
  });

  it('stops at the number of attributes', () => {
    const attributes = Array.from({ length: 300 }, (_, index) => ` a${index}=""`);
    expect([
      codeOf(`<a${attributes.slice(0, 256).join('')}/>`),
      codeOf(`<a${attributes.slice(0, 257).join('')}/>`),
    ]).toEqual(['accepted', 'too-many-attributes']);
  });

  it('ends in an error on what only costs time', () => {
    const many = 300_000;
    const texts = [
      '<a'.repeat(many),
      '<a '.repeat(many),
      `<a>${'&'.repeat(many)}</a>`,
      `<a>${'&amp'.repeat(many)}</a>`,
      `<a>${'<!--'.repeat(many)}`,
      `<a>${'<![CDATA['.repeat(many)}`,
      `<a>${'<?'.repeat(many)}`,
      `<a>${']]'.repeat(many)}`,
      `<a ${'b= '.repeat(many)}`,
      `<a b="${' '.repeat(many)}`,
      `<a${' '.repeat(many)}`,
      `<${'é'.repeat(many)}`,
      `<?xml version="1.0"${' '.repeat(many)}`,
      `<a>${'\r\n'.repeat(many)}&nope;</a>`,
    ];
    expect(texts.map((text) => codeOf(text, WIDE))).toEqual([
      'bad-tag',
      'bad-name',
      'bad-reference',
      'bad-reference',
      'unexpected-end',
      'unexpected-end',
      'bad-name',
      'unexpected-end',
      'bad-attribute',
      'unexpected-end',
      'unexpected-end',
      'unexpected-end',
      'unexpected-end',
      'unknown-entity',
    ]);
  });

  it('looks a prefix up at once however often it was declared', () => {
    const depth = 50_000;
    const open = Array.from({ length: depth }, (_, index) => `<p:a xmlns:n${index}="u">`);
    const text = `<p:a xmlns:p="u">${open.join('')}${'</p:a>'.repeat(depth)}</p:a>`;
    expect(codeOf(text, WIDE)).toBe('accepted');
  });

  it.each(fixtureNames)('says that %s ends too soon wherever it is cut', (name) => {
    const text = fixture(name);
    const rootEnd = text.indexOf('>', text.lastIndexOf('</'));
    const codes = new Set<string>();
    for (let cut = 0; cut <= rootEnd; cut += 1) codes.add(codeOf(text.slice(0, cut)));
    expect([...codes].filter((code) => code !== 'no-root')).toEqual(['unexpected-end']);
  });
});
