import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { machineChoice, measured } from '../../../../core/protocol/codec/measured-values.ts';
import {
  readSamples,
  SAMPLES_SHAPE,
  type StatisticsSample,
  writeSamples,
} from '../../../../core/protocol/statistics-samples.ts';
import type { ElementReader, XmlElement } from '../../../../core/xml/element.ts';
import { el } from '../../../../core/xml/element.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { serialize } from '../../../../core/xml/write.ts';
import { arbitraryOf } from '../../../support/protocol-arbitraries.ts';

const UUID = '0b5d1d0e-6f3a-4c55-9d0f-1b8f5a2e7c41';
const SESSION = 'carol@example.org/desk';

function sent(element: XmlElement): ElementReader {
  const document = parseXml(serialize(element));
  if (!document.ok) throw new Error(JSON.stringify(document.error));
  return readerOf(document.value.root);
}

describe('a message with samples', () => {
  it('reads back whatever was written', () => {
    const values = arbitraryOf(SAMPLES_SHAPE) as fc.Arbitrary<readonly StatisticsSample[]>;
    fc.assert(
      fc.property(values, (samples) => {
        expect(readSamples(sent(writeSamples(SESSION, samples)))).toEqual({
          ok: true,
          value: samples,
        });
      }),
      { numRuns: 50 },
    );
  });

  it('is a headline to one session, which servers do not keep for later', () => {
    expect(writeSamples(SESSION, []).attributes).toEqual({ to: SESSION, type: 'headline' });
  });

  it('is told from messages that carry none', () => {
    const other = el('samples', { xmlns: 'urn:example:other' });
    expect(readSamples(readerOf(el('message', {}, [other])))).toBeUndefined();
    expect(readSamples(readerOf(el('message', {}, ['hello'])))).toBeUndefined();
  });

  it('names the place of what cannot be read', () => {
    const sample = el('sample', { at: '1' }, [el('machine', { uuid: 'vm1' })]);
    const message = el('message', {}, [el('samples', { xmlns: 'archipel:statistics' }, [sample])]);
    expect(readSamples(readerOf(message))).toMatchObject({
      ok: false,
      error: { path: 'samples/sample[1]/machine[1]/@uuid', problem: 'not-a-uuid' },
    });
  });
});

describe('measured values', () => {
  const codec = measured();

  it('keep gaps and numbers in their places, also a gap alone', () => {
    const value = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }));
    fc.assert(
      fc.property(fc.array(value), (values) => {
        expect(codec.read(codec.write(values))).toEqual({ ok: true, value: values });
      }),
    );
  });

  it('refuse what is no number, and more than anybody asked for', () => {
    expect(codec.read('1,two')).toEqual({ ok: false, error: 'not-a-number' });
    expect(codec.read('1,Infinity')).toEqual({ ok: false, error: 'not-a-number' });
    expect(codec.read(`${'0,'.repeat(10_000)}0`)).toEqual({ ok: false, error: 'out-of-range' });
    expect(codec.read('1'.repeat(1_000_000))).toEqual({ ok: false, error: 'out-of-range' });
  });
});

describe('a choice of machines', () => {
  const codec = machineChoice();

  it('is all of them, none, or each once', () => {
    expect(codec.read(' * ')).toEqual({ ok: true, value: 'all' });
    expect(codec.read('')).toEqual({ ok: true, value: [] });
    const twice = `${UUID},${UUID.toUpperCase()}`;
    expect(codec.read(twice)).toEqual({ ok: true, value: [UUID] });
  });

  it('is refused where it names too many, or what is no UUID', () => {
    expect(codec.read(`${UUID},vm1`)).toEqual({ ok: false, error: 'not-a-uuid' });
    const many = Array.from({ length: 1001 }, () => UUID).join(',');
    expect(codec.read(many)).toEqual({ ok: false, error: 'out-of-range' });
  });
});
