import { describe, expect, it } from 'vitest';
import { integer, text } from '../../../../core/xml/fields.ts';
import { list } from '../../../../core/xml/nested-fields.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { XmlRecord } from '../../../../core/xml/record.ts';
import { serialize } from '../../../../core/xml/write.ts';
import { expectOk } from './expect.ts';

const rootOf = (source: string) => expectOk(parseXml(source)).root;
const partXml = new XmlRecord('part', { key: text('@key'), size: integer('@size') });
const groupXml = new XmlRecord('group', {
  parts: list('parts/part', partXml, (part) => part.key),
  plain: list('part', partXml),
});

describe('list', () => {
  const source = `<group>
  <parts>
    <!-- one -->
    <part key='1' size='1' extra='one'/>
    <part key='2' size='2' extra='two'/> <!-- two -->
    <part key='3' size='3' extra='three'/>
    <tail/>
  </parts>
</group>`;
  const root = rootOf(source);
  const read = expectOk(groupXml.read(root));
  const [one, two, three] = [read.parts[0]!, read.parts[1]!, read.parts[2]!];
  const extras = (parts: typeof read.parts) => {
    const written = groupXml.write({ ...read, parts }, root);
    expect(groupXml.read(written)).toEqual({ ok: true, value: { ...read, parts } });
    return [...serialize(written).matchAll(/<part [^>]*>/g)].map(([tag]) => tag);
  };
  const [first, second, third] = [
    `<part key='1' size='1' extra='one'/>`,
    `<part key='2' size='2' extra='two'/>`,
    `<part key='3' size='3' extra='three'/>`,
  ];

  it('takes away the one that is gone', () => {
    expect(extras([one, three])).toEqual([first, third]);
  });

  it('changes one and takes away its neighbour', () => {
    expect(extras([{ ...two, size: 9 }, three])).toEqual([
      second.replace(`size='2'`, `size='9'`),
      third,
    ]);
  });

  it('keeps what it does not know of one whose key changes', () => {
    expect(extras([one, { ...two, key: 'new' }, three])).toEqual([
      first,
      second.replace(`'2'`, `'new'`),
      third,
    ]);
  });

  it('puts new ones at the front, between and at the end', () => {
    const fresh = (key: string) => ({ key, size: undefined });
    expect(extras([fresh('a'), one, fresh('b'), fresh('c'), two, three, fresh('d')])).toEqual([
      `<part key='a'/>`,
      first,
      `<part key='b'/>`,
      `<part key='c'/>`,
      second,
      third,
      `<part key='d'/>`,
    ]);
  });

  it('changes the order', () => {
    expect(extras([three, one, two])).toEqual([third, first, second]);
  });

  it('leaves each line that it need not change', () => {
    const written = groupXml.write({ ...read, parts: [one, { ...two, size: 5 }, three] }, root);
    expect(serialize(written)).toBe(source.replace(`size='2'`, `size='5'`));
  });

  it('pairs by place without a key', () => {
    const plain = rootOf(`<group><part key='1' extra='one'/><part key='2' extra='two'/></group>`);
    const value = expectOk(groupXml.read(plain));
    const parts = [
      { key: '3', size: undefined },
      { key: '4', size: 1 },
    ];
    expect(serialize(groupXml.write({ ...value, plain: parts }, plain))).toBe(
      `<group><part key='3' extra='one'/><part key='4' extra='two' size='1'/></group>`,
    );
  });
});
