import type { Element } from '@xmpp/xml';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ParserLimits,
  StanzaParser,
  StreamDefectError,
} from '../../../../node/xmpp/stanza-parser.ts';
import { liveBytes } from '../../../support/live-memory.ts';

const LIMITS = { stanzaBytes: 1000, stanzaElements: 1000, depth: 64 };
const OPEN = "<stream:stream xmlns='jabber:client' xmlns:stream='s'>";
const ERROR =
  '<error type="modify"><resource-constraint xmlns="urn:ietf:params:xml:ns:xmpp-stanzas"/></error>';
const NEXT = '<message><body>next</body></message>';

function read(
  pieces: readonly string[],
  limits: ParserLimits = LIMITS,
): { stanzas: string[]; defects: string[] } {
  const parser = new StanzaParser(limits);
  const stanzas: string[] = [];
  const defects: string[] = [];
  parser.on('element', (stanza: Element) => stanzas.push(stanza.toString()));
  parser.on('error', (cause: unknown) => {
    defects.push(cause instanceof StreamDefectError ? cause.defect : 'unknown');
  });
  for (const piece of pieces) parser.write(piece);
  return { stanzas, defects };
}

function piecesOf(text: string, length: number): readonly string[] {
  const count = Math.ceil(text.length / length);
  return Array.from({ length: count }, (_, at) => text.slice(at * length, (at + 1) * length));
}

describe('a stanza that is too large', () => {
  it.each([
    ['a long text', 'x'.repeat(5000)],
    ['marks in its text', '&lt;iq&gt; > ]]> '.repeat(300).replaceAll(']]>', '')],
    ['marks in attributes', `<a b='>' c=">>"/>`.repeat(50) + 'x'.repeat(5000)],
    ['many elements', '<a><b/>x</a>'.repeat(300)],
    ['deep elements', '<a>'.repeat(300) + '</a>'.repeat(300)],
  ])('is told without its content, and read past, with %s', (_what, content) => {
    const stanzas = ['iq', 'message', 'presence'].map((name) => {
      return `<${name} type='result' id='1' from='a@b'><vCard>${content}</vCard></${name}>`;
    });
    const told = {
      stanzas: [
        `<iq type="error" id="1" from="a@b">${ERROR}</iq>`,
        '<message type="result" id="1" from="a@b"/>',
        '<presence type="result" id="1" from="a@b"/>',
        NEXT,
      ],
      defects: [],
    };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 700 }), (length) => {
        expect(read(piecesOf(OPEN + stanzas.join('') + NEXT, length))).toEqual(told);
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['it goes on and on', `<iq type='result'><a>${'x'.repeat(64_001)}`, 'too-large'],
    ['it has elements on and on', `<presence>${'<a/>'.repeat(16_001)}`, 'too-large'],
    ['it has a tag without end', `<message><a b='${'x'.repeat(70_000)}`, 'too-large'],
    ['it has a long marked section', `<message><a><![CDATA[${'x'.repeat(5000)}`, 'too-large'],
    ['it is none, and large', `<stream:features>${'x'.repeat(1001)}`, 'too-large'],
    ['it is none, and deep', `<stream:features>${'<a>'.repeat(65)}`, 'too-deep'],
  ])('ends the stream when %s', (_when, text, defect) => {
    expect(read(piecesOf(OPEN + text, 100))).toEqual({ stanzas: [], defects: [defect] });
  });

  it('keeps none of its text', () => {
    const parser = new StanzaParser({ ...LIMITS, stanzaBytes: 4 * 1024 * 1024 });
    parser.write(`${OPEN}<iq type='result' id='1'><a>`);
    // Each piece is text of its own, as it comes from a socket.
    const before = liveBytes();
    for (let count = 0; count < 3200; count += 1) {
      parser.write(Buffer.alloc(65_536, 65 + (count % 26)).toString('latin1'));
    }
    const grownMib = (liveBytes() - before) / (1024 * 1024);
    parser.write('</a></iq>');
    expect(grownMib).toBeLessThan(100);
  });
});

describe('the roster of the account', () => {
  const ACCOUNT = 'ada@example.org';
  const roster = { account: ACCOUNT, bytes: 20_000, elements: 2000 };
  const items = (count: number) => '<item jid="web@example.org"/>'.repeat(count);
  const answer = (attributes: string, inside: string) =>
    `<iq type="result" id="1"${attributes}>${inside}</iq>`;
  const query = (inside: string) => `<query xmlns="jabber:iq:roster">${inside}</query>`;
  const lengths = (stanzas: readonly string[]) => {
    return stanzas.map((stanza) => stanza.split('<item').length - 1);
  };

  it.each(['', ` from="${ACCOUNT}"`, ' from="Ada@Example.org"'])(
    'may be larger than other stanzas, from the own server with%s',
    (from) => {
      const text = OPEN + answer(from, query(items(600))) + NEXT;
      const { stanzas, defects } = read(piecesOf(text, 300), { ...LIMITS, roster });
      expect([lengths(stanzas), defects]).toEqual([[600, 0], []]);
    },
  );

  it.each([
    ['somebody else', answer(' from="eve@example.org"', query(items(600)))],
    ['the server, over its own bounds', answer('', query(items(700)))],
    ['the server, over the bound of elements', answer('', query('<item/>'.repeat(2000)))],
    ['the server, about something else', answer('', `<query xmlns="x">${items(600)}</query>`)],
  ])('is told without its content from %s', (_who, stanza) => {
    const { stanzas } = read(piecesOf(OPEN + stanza + NEXT, 300), { ...LIMITS, roster });
    expect([stanzas[0]?.includes(ERROR), stanzas[1]]).toEqual([true, NEXT]);
  });
});
