import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Element } from '@xmpp/xml';
import { LtxReader, toLtx, toXmlElement } from '../../../../node/xmpp/elements.ts';
import { el, type XmlElement } from '../../../../core/xml/element.ts';
import { StanzaParser, StreamDefectError } from '../../../../node/xmpp/stanza-parser.ts';
import { XmlGuard } from '../../../../node/xmpp/xml-guard.ts';

const LIMITS = { stanzaBytes: 100_000, stanzaElements: 1000, depth: 64 };
const OPEN = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='s'>";

function parse(pieces: readonly string[]): { stanzas: string[]; defects: string[] } {
  const parser = new StanzaParser(LIMITS);
  const stanzas: string[] = [];
  const defects: string[] = [];
  parser.on('element', (stanza: Element) => stanzas.push(stanza.toString()));
  parser.on('error', (cause: unknown) => {
    defects.push(cause instanceof StreamDefectError ? cause.defect : 'unknown');
  });
  for (const piece of pieces) parser.write(piece);
  return { stanzas, defects };
}

function cut(text: string, at: readonly number[]): string[] {
  const places = [...new Set(at.map((one) => one % text.length))].sort((a, b) => a - b);
  return [...places, text.length].map((end, index) => text.slice(places[index - 1] ?? 0, end));
}

const name = fc.constantFrom('a', 'query', 'item', 'p:x');
const text = fc.string({ unit: 'grapheme', minLength: 1 });
const { element } = fc.letrec<{ element: XmlElement }>((tie) => ({
  element: fc
    .tuple(
      name,
      fc.dictionary(fc.constantFrom('id', 'xmlns', 'type'), text, { noNullPrototype: true }),
      fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constant([]),
        fc.tuple(text),
        fc.array(tie('element'), { maxLength: 3 }),
      ),
    )
    .map(([given, attributes, children]) => el(given, attributes, children as XmlElement[])),
}));

describe('the parser of stanzas', () => {
  it('reads the same wherever the text is cut', () => {
    fc.assert(
      fc.property(fc.array(element, { maxLength: 4 }), fc.array(fc.nat()), (elements, places) => {
        const stream = OPEN + elements.map((one) => toLtx(one).toString()).join('\n');
        const whole = parse([stream]);
        expect(whole.defects).toEqual([]);
        expect(whole.stanzas).toHaveLength(elements.length);
        expect(parse(cut(stream, places))).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it('never throws, whatever comes', () => {
    const hostile = fc.constantFrom(
      ...['<', '>', '/', '&', ';', '<!--', '-->', '<![CDATA[', ']]>', '<!DOCTYPE', '<?', '?>'],
      ...['&#xFFFF;', '&lt;', "'", '"', '=', ' ', 'a', '</a>', '<a>', '</stream:stream>', '\u0000'],
    );
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 40 }), (pieces) => {
        const { defects } = parse([OPEN, ...pieces]);
        expect(defects.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 500 },
    );
  });

  it('reads a long text once, however many pieces it comes in', () => {
    const parser = new StanzaParser(LIMITS);
    const inner = parser.parser;
    const write = inner.write.bind(inner);
    const read: number[] = [];
    inner.write = (text: string): void => {
      read.push(text.length);
      write(text);
    };
    for (const piece of [OPEN, '<a><b>', ...Array<string>(100).fill('x'.repeat(500)), '</b></a>']) {
      parser.write(piece);
    }
    // The library reads its remainder anew with each piece, which is quadratic.
    expect(read).toEqual([OPEN.length, '<a><b>'.length, 50_000 + '</b></a>'.length]);
  });

  it('reads nothing after a defect', () => {
    expect(parse([OPEN, '<a/>', '<!-- -->', '<b/>'])).toEqual({
      stanzas: ['<a/>'],
      defects: ['restricted-xml'],
    });
  });

  it('is not confused by what it tells about being written to', () => {
    const parser = new StanzaParser(LIMITS);
    const order: string[] = [];
    parser.on('element', (stanza: Element) => {
      order.push(stanza.name);
      if (stanza.name === 'a') parser.write('<c/>');
    });
    parser.write(`${OPEN}<a/><b/>`);
    expect(order).toEqual(['a', 'b', 'c']);
  });

  it('does not keep the spaces that keep a link alive', () => {
    const parser = new StanzaParser(LIMITS);
    parser.write(OPEN);
    for (let count = 0; count < 100; count += 1) parser.write(' <a/>\n');
    expect(parser.root?.children).toEqual([]);
  });
});

describe('the guard', () => {
  it.each([
    ["<?xml version='1.0'?><a><![CDATA[<!-- <?x ?> ]]></a>", true],
    ['<a><![CDATA[]]]]><b/></a>', true],
    ['<a>!?</a>', true],
    ['<a/><?xml version="1.0"?>', false],
    ['<?php ?>', false],
    ['<!ENTITY a "b">', false],
    ['<a><![INCLUDE[</a>', false],
    ['<a><![CDATA[x]]><!-- --></a>', false],
  ])('judges %s the same in every cut: %s', (given, isGood) => {
    for (let at = 0; at < given.length; at += 1) {
      const guard = new XmlGuard();
      const [first, second] = [given.slice(0, at), given.slice(at)];
      expect(guard.accepts(first) && guard.accepts(second)).toBe(isGood);
    }
  });
});

describe('elements', () => {
  it('are copied with their namespaces written out', () => {
    const parser = new StanzaParser(LIMITS);
    let copy: XmlElement | undefined;
    parser.on('element', (stanza: Element) => (copy = toXmlElement(new LtxReader(stanza))));
    parser.write(`${OPEN}<iq id='1'><p:q xmlns:p='urn:q'><p:r>x</p:r><s/></p:q></iq>`);
    expect(copy).toEqual(
      el('iq', { id: '1', xmlns: 'jabber:client' }, [
        el('q', { xmlns: 'urn:q' }, [el('r', {}, ['x']), el('s', { xmlns: 'jabber:client' })]),
      ]),
    );
  });

  it('have no attributes but their own', () => {
    const reader = new LtxReader(toLtx(el('a', { b: '1' })));
    expect([reader.attribute('b'), reader.attribute('constructor')]).toEqual(['1', undefined]);
  });
});
