import { describe, expect, it } from 'vitest';
import { el } from '../../../../core/xml/element.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { expectOk } from './expect.ts';

describe('readerOf', () => {
  it('resolves the namespace in force on each element', () => {
    const text = `<a xmlns='u:1' xmlns:p='u:2'><p:b/><c xmlns=''><d/></c><p:e xmlns:p='u:3'/></a>`;
    const reader = readerOf(expectOk(parseXml(text)).root);
    const [b, c, e] = reader.children();
    expect([reader, b!, c!, c!.children()[0]!, e!].map((one) => [one.name, one.namespace])).toEqual(
      [
        ['a', 'u:1'],
        ['b', 'u:2'],
        ['c', undefined],
        ['d', undefined],
        ['e', 'u:3'],
      ],
    );
  });

  it('takes the namespace from around an element that was taken out', () => {
    expect(readerOf(el('archipel'), 'archipel:vm:control').namespace).toBe('archipel:vm:control');
  });

  it('reads its own text and attributes, and none that objects inherit', () => {
    const reader = readerOf(el('a', { x: '1' }, ['b', el('c', {}, ['no']), 'd']));
    expect([reader.text(), reader.attribute('x'), reader.attribute('constructor')]).toEqual([
      'bd',
      '1',
      undefined,
    ]);
    expect(reader.attributes()).toEqual({ x: '1' });
  });
});
