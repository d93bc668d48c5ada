import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { child, children, fragment } from '../../../../core/protocol/codec/elements.ts';
import { exactText } from '../../../../core/protocol/codec/escaped-text.ts';
import { attribute, optional, record } from '../../../../core/protocol/codec/part.ts';
import { integer, text, words } from '../../../../core/protocol/codec/value.ts';
import type { ElementReader } from '../../../../core/xml/element.ts';
import { el } from '../../../../core/xml/element.ts';
import { parseXml } from '../../../../core/xml/parse.ts';
import { readerOf } from '../../../../core/xml/reader.ts';
import { serialize } from '../../../../core/xml/write.ts';

function reader(xml: string): ElementReader {
  const document = parseXml(xml);
  if (!document.ok) throw new Error(JSON.stringify(document.error));
  return readerOf(document.value.root);
}

const machine = record({
  name: attribute('name', words(), 'name'),
  note: optional(attribute('note', words(), 'note')),
  size: child('size', record({ kib: attribute('v', integer({ min: 0 }), 'size, KiB') })),
});

describe('a part', () => {
  it('names element, path and problem of what it cannot read', () => {
    const list = children('machine', machine);
    const given = reader(
      `<q><machine name='a'><size v='1'/></machine><machine name='b'><size v='x'/></machine></q>`,
    );
    expect(list.read(given, 'q')).toEqual({
      ok: false,
      error: {
        code: 'unreadable',
        element: 'size',
        path: 'q/machine[2]/size/@v',
        problem: 'not-an-integer',
        found: 'x',
      },
    });
  });

  it('says what is missing', () => {
    expect(machine.read(reader(`<machine name='a'/>`), 'machine')).toEqual({
      ok: false,
      error: {
        code: 'unreadable',
        element: 'machine',
        path: 'machine/size',
        problem: 'missing',
      },
    });
  });

  it('takes an empty or None value for an absent one where it may be absent', () => {
    const count = optional(attribute('count', integer(), 'count'));
    expect(count.read(reader(`<a count=''/>`), 'a')).toEqual({ ok: true, value: undefined });
    expect(count.read(reader(`<a count='None'/>`), 'a')).toEqual({ ok: true, value: undefined });
    expect(count.read(reader(`<a count='many'/>`), 'a')).toMatchObject({ ok: false });
  });

  it('shortens what it repeats of a damaged value', () => {
    const long = 'x'.repeat(1000);
    const read = attribute('count', integer(), 'count').read(reader(`<a count='${long}'/>`), 'a');
    expect(read).toMatchObject({ error: { found: 'x'.repeat(80) } });
  });

  it('reads by local name, whatever the namespace and prefix', () => {
    const given = reader(`<q xmlns:p='urn:x'><p:size v='7' xmlns='urn:y'/></q>`);
    const size = child('size', attribute('v', text(), 'size'));
    expect(size.read(given, 'q')).toEqual({ ok: true, value: '7' });
  });
});

describe('a fragment', () => {
  const domain = fragment('domain', 'definition');

  it('loses the namespaces that only came from the stanza', () => {
    const given = reader(
      `<query xmlns='archipel:vm:control'><domain xmlns='http://www.gajim.org/xmlns/undeclared' type='kvm'><name>a</name></domain></query>`,
    );
    expect(domain.read(given, 'query')).toEqual({
      ok: true,
      value: el('domain', { type: 'kvm' }, [el('name', {}, ['a'])]),
    });
  });

  it('keeps foreign namespaces, declared where they begin and taken back where they end', () => {
    const given = reader(
      `<query xmlns='archipel:vm:control'><domain><metadata><n:user xmlns:n='urn:n' name='a'><n:b/></n:user></metadata><x xmlns='urn:x'><y xmlns=''/></x></domain></query>`,
    );
    const read = domain.read(given, 'query');
    expect(read.ok && serialize(read.value)).toBe(
      `<domain><metadata><user xmlns="urn:n" xmlns:n="urn:n" name="a"><b/></user></metadata><x xmlns="urn:x"><y xmlns=""/></x></domain>`,
    );
  });

  it('is written without a namespace of its own, which original agents would hand to libvirt', () => {
    const { children: written } = domain.write(el('domain', { xmlns: 'urn:x', type: 'kvm' }));
    expect(written).toEqual([el('domain', { type: 'kvm' })]);
  });
});

describe('exact text', () => {
  const exact = child('text', exactText('text'));
  /** What an XML processor on the way makes of line ends (XML 1.0 §2.11). */
  const normalised = (xml: string): string => xml.replaceAll(/&#(?:13|xD);|\r\n?/g, '\n');

  it('survives a way on which carriage returns are lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('\r', '\n', '\\', 'r', 'n', '<', '&', ' ', '\ufeff')),
        (pieces) => {
          const value = pieces.join('');
          const xml = serialize(el('q', {}, exact.write(value).children));
          expect(exact.read(reader(normalised(xml)), 'q')).toEqual({ ok: true, value });
        },
      ),
    );
  });

  it('refuses an encoding it does not know, and a damaged one', () => {
    for (const given of [
      `<q><text encoding='rot13'>a</text></q>`,
      `<q><text encoding='backslash'>\\x</text></q>`,
    ]) {
      expect(exact.read(reader(given), 'q')).toMatchObject({ error: { problem: 'bad-escape' } });
    }
  });
});
