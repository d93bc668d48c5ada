import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Vcard } from '../../../../core/protocol/vcard.ts';
import { readVcard, writeFlatVcard, writeVcard } from '../../../../core/protocol/vcard.ts';
import { el } from '../../../../core/xml/element.ts';
import { readerOf } from '../../../../core/xml/reader.ts';

const line = fc.constantFrom('Example Ltd', 'R&D', 'Oslo', 'web, mail', 'ops@example.org');
const vcards: fc.Arbitrary<Vcard> = fc.record(
  {
    fullName: line,
    organisation: line,
    unit: line,
    locality: line,
    owner: line,
    categories: line,
    role: line,
    title: line,
    photo: fc.constant({ mime: 'image/png', data: 'aGVsbG8=' }),
  },
  { requiredKeys: [] },
);

describe('a vCard', () => {
  it('is read back as it was written, in the shape of the standard and in the flat one', () => {
    fc.assert(
      fc.property(vcards, (vcard) => {
        expect(readVcard(readerOf(writeVcard(vcard)))).toEqual(vcard);
        expect(readVcard(readerOf(writeFlatVcard(vcard)))).toEqual(vcard);
      }),
    );
  });

  it('of the standard has its fields where servers look for them', () => {
    expect(
      writeVcard({ fullName: 'rack3', role: 'hypervisor', unit: 'Ops', locality: 'Oslo' }),
    ).toEqual(
      el('vCard', { xmlns: 'vcard-temp' }, [
        el('FN', {}, ['rack3']),
        el('ADR', {}, [el('WORK'), el('LOCALITY', {}, ['Oslo'])]),
        el('ROLE', {}, ['hypervisor']),
        el('ORG', {}, [el('ORGNAME'), el('ORGUNIT', {}, ['Ops'])]),
      ]),
    );
  });

  it('may have several keywords, a picture without a type, and nothing at all', () => {
    const given = el('vCard', {}, [
      el('CATEGORIES', {}, [el('KEYWORD', {}, ['web']), el('KEYWORD', {}, ['mail'])]),
      el('PHOTO', {}, [el('BINVAL', {}, ['aGVs\n bG8='])]),
      el('FN', {}, ['  ']),
    ]);
    expect(readVcard(readerOf(given))).toEqual({
      categories: 'web, mail',
      photo: { mime: 'image/png', data: 'aGVsbG8=' },
    });
    expect(readVcard(readerOf(el('vCard')))).toEqual({});
  });
});
