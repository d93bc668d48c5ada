import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RestrictedXmlGuard } from '../../../../demo/server/restricted-xml.ts';
import { StreamParser } from '../../../../demo/server/stream-parser.ts';
import { toText } from '../../../../demo/server/xml-text.ts';

const HEADER = "<stream:stream xmlns='jabber:client' to='a'>";

/** What a parser tells while it is fed. */
function parse(chunks: readonly (Buffer | string)[]): string[] {
  const told: string[] = [];
  const parser = new StreamParser(
    {
      opened: ({ name }) => told.push(`opened ${name}`),
      element: (element) => told.push(toText(element)),
      closed: () => told.push('closed'),
      violated: (condition) => told.push(`violated ${condition}`),
    },
    { stanzaBytes: 2000, depth: 5 },
  );
  for (const chunk of chunks) parser.write(chunk);
  return told;
}

const fragment = fc.constantFrom(
  ...['<a>', '</a>', '<b/>', '<', '>', '/', '&', ';', '&amp;', '&#x0;', '&nope;', "='", '"', ' x='],
  ...['<!', '--', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE', '</stream:stream>', 'é', '\u0000'],
  ...['constructor', '__proto__', ' xmlns:p="u"', '<p:q>', '\n', HEADER],
);

describe('the stream parser', () => {
  it('never throws, and says at most once that it stops', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fragment, fc.string()), { maxLength: 40 }), (chunks) => {
        for (const input of [chunks, [HEADER, ...chunks]]) {
          const told = parse(input);
          const stops = told.filter((one) => one.startsWith('violated'));
          expect(stops.length).toBeLessThanOrEqual(1);
          if (stops.length > 0) expect(told.at(-1)).toBe(stops[0]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('tells the same however the bytes are cut', () => {
    const text = `${HEADER}<a x="1 &amp; 2">é<b/><![CDATA[<c>]]></a> <d/></stream:stream>`;
    const bytes = Buffer.from(text);
    const whole = parse([bytes]);
    expect(whole).toEqual([
      'opened stream:stream',
      '<a x="1 &amp; 2">é<b/>&lt;c&gt;</a>',
      '<d/>',
      'closed',
    ]);
    const cuts = fc.uniqueArray(fc.nat(bytes.length), { maxLength: 12 });
    fc.assert(
      fc.property(cuts, (places) => {
        const edges = [0, ...places.sort((one, other) => one - other), bytes.length];
        const pieces = edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
        expect(parse(pieces)).toEqual(whole);
      }),
    );
  });

  it('counts the bytes of one stanza, not of all', () => {
    const stanza = `<a>${'x'.repeat(900)}</a>`;
    expect(parse([HEADER, stanza, stanza, stanza]).slice(1)).toEqual([stanza, stanza, stanza]);
    expect(parse([HEADER, `<a>${'x'.repeat(2100)}`]).slice(1)).toEqual([
      'violated policy-violation',
    ]);
  });
});

describe('the guard against restricted XML', () => {
  it.each([
    ['a declaration at the start', ["<?xml version='1.0'?><a>"], false],
    ['a declaration later', ['<a>', '<?xml?>'], true],
    ['a comment cut in two', ['<a><', '!-- x'], true],
    ['character data cut anywhere', ['<a><![CD', 'ATA[<!-- ]', ']', '></a>'], false],
    ['a DTD after character data', ['<![CDATA[ ]]><!DOC'], true],
  ])('sees %s', (_what, chunks, isRefused) => {
    const guard = new RestrictedXmlGuard();
    expect(chunks.map((chunk) => guard.refuses(chunk)).includes(true)).toBe(isRefused);
  });
});
