import { describe, expect, it } from 'vitest';
import { el, type XmlElement } from '../../../../core/xml/element.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { prettyXml } from '../../../../core/xml/pretty.ts';
import { serialize } from '../../../../core/xml/write.ts';
import { expectOk } from './expect.ts';

describe('serialize', () => {
  it('writes what was built here so that it reads back the same', () => {
    const built = el('a', { x: `<&"'\n\t\r` }, ['<&>\r\n', el('b'), ']]>']);
    const text = serialize(built);
    expect(text).toBe(`<a x="&lt;&amp;&quot;'&#10;&#9;&#13;">&lt;&amp;&gt;&#13;\n<b/>]]&gt;</a>`);
    expect(expectOk(parseXml(text)).root).toEqual(built);
  });

  it('puts the replacement character where XML can carry none', () => {
    expect(serialize(el('a', { b: '\u0000' }, ['\ud800x\uffff']))).toBe(
      '<a b="\ufffd">\ufffdx\ufffd</a>',
    );
  });

  it('copies a parsed element that was put into a built one', () => {
    const parsed = expectOk(parseXml(`<a  x = '1' ><!-- c --></a >`)).root;
    expect(serialize(el('b', {}, [parsed]))).toBe(`<b><a  x = '1' ><!-- c --></a ></b>`);
  });

  it('keeps what stands between the tags of an element that was spread', () => {
    const { root } = expectOk(parseXml(`<a  b = '1'><!-- c --><d  />\n</a >`));
    expect(serialize({ ...root, name: 'e', attributes: { b: '2', f: '"' } })).toBe(
      `<e b='2' f='"'><!-- c --><d  />\n</e>`,
    );
  });

  it('does not overflow on depth', () => {
    let nested: XmlElement = el('a');
    for (let depth = 1; depth < 100_000; depth += 1) nested = el('a', {}, [nested]);
    expect(serialize(nested)).toBe(`${'<a>'.repeat(99_999)}<a/>${'</a>'.repeat(99_999)}`);
  });
});

describe('prettyXml', () => {
  it('gives each element a line and leaves text alone', () => {
    expect(prettyXml(`<iq id='1'><query xmlns='u'><!-- c --><a>x <b/></a><d/></query></iq>`)).toBe(
      [
        `<iq id='1'>`,
        `  <query xmlns='u'>`,
        '    <!-- c -->',
        '    <a>x <b/></a>',
        '    <d/>',
        '  </query>',
        '</iq>',
      ].join('\n'),
    );
  });

  it('lays out again what was laid out otherwise', () => {
    const text = '<?xml version="1.0"?>\n\n<a>\n\t<b>\n\n<c/></b></a>\n';
    expect(prettyXml(text)).toBe('<?xml version="1.0"?>\n<a>\n  <b>\n    <c/>\n  </b>\n</a>');
  });

  it('takes an element that was built here', () => {
    expect(prettyXml(el('a', {}, [el('b', {}, ['c'])]))).toBe('<a>\n  <b>c</b>\n</a>');
  });

  it('returns what is not XML as it is', () => {
    expect(prettyXml('not <xml')).toBe('not <xml');
  });
});
