import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  array,
  bool,
  decode,
  double,
  encode,
  fixedChars,
  fixedOpaque,
  hyper,
  int,
  optional,
  string,
  struct,
  uint,
  unsignedHyper,
} from '../../../../../agent/hypervisor/libvirt/xdr.ts';

const LIMIT = 1 << 20;

const everything = struct({
  int,
  uint,
  hyper,
  unsignedHyper,
  double,
  bool,
  opaque: fixedOpaque(5),
  chars: fixedChars(8),
  text: string(64),
  maybe: optional(string(8)),
  list: array(struct({ name: string(16), at: uint }), 8),
});

const ascii = (maxLength: number) =>
  fc.stringMatching(new RegExp(`^[ -~]{0,${maxLength}}$`), { maxLength });

const values = fc.record({
  int: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  uint: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
  hyper: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  unsignedHyper: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  double: fc.double({ noNaN: true }),
  bool: fc.boolean(),
  opaque: fc.uint8Array({ minLength: 5, maxLength: 5 }),
  chars: ascii(8),
  text: fc.string({ unit: 'grapheme', maxLength: 4 }).filter((one) => Buffer.byteLength(one) <= 64),
  maybe: fc.option(ascii(8), { nil: undefined }),
  list: fc.array(fc.record({ name: ascii(16), at: fc.nat() }), { maxLength: 8 }),
});

function bytesOf(value: Parameters<typeof everything.write>[1]): Uint8Array {
  const encoded = encode(everything, value, LIMIT);
  if (!encoded.ok) throw new Error(encoded.error);
  return encoded.value;
}

describe('XDR', () => {
  it('reads back what it wrote, in whole words', () => {
    fc.assert(
      fc.property(values, (value) => {
        const bytes = bytesOf(value);
        expect(bytes.length % 4).toEqual(0);
        const decoded = decode(everything, bytes);
        const opaque = decoded.ok && Uint8Array.from(decoded.value.opaque);
        expect(decoded.ok && { ...decoded.value, opaque }).toEqual(value);
      }),
    );
  });

  it('refuses every packet that is cut short or goes on', () => {
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (value, where) => {
        const bytes = bytesOf(value);
        const cut = bytes.subarray(0, Math.floor((bytes.length - 1) * where));
        expect(decode(everything, cut).ok).toEqual(false);
        expect(decode(everything, Buffer.concat([bytes, Buffer.alloc(4)]))).toEqual({
          ok: false,
          error: '4 bytes too many',
        });
      }),
    );
  });

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(typeof decode(everything, bytes).ok).toEqual('boolean');
      }),
    );
  });

  it.each([
    ['a text longer than its limit', string(4), '00000005'],
    ['a text longer than the packet', string(4_000_000), '003d0900'],
    ['a list longer than its limit', array(uint, 3), '00000004'],
    ['a list longer than the packet', array(uint, 2 ** 31), '7fffffff'],
    ['a boolean that is neither', bool, '00000002'],
    ['a choice that is neither', optional(uint), 'ffffffff'],
  ])('refuses %s', (_, schema, hex) => {
    expect(decode(schema as typeof bool, Buffer.from(hex, 'hex')).ok).toEqual(false);
  });

  it.each([
    ['an integer too large', int, 2 ** 31],
    ['an unsigned integer below zero', uint, -1],
    ['a number that is not whole', uint, 1.5],
    ['no number', int, Number.NaN],
  ])('does not send %s', (_, schema, value) => {
    expect(encode(schema, value, LIMIT).ok).toEqual(false);
  });

  it('does not send a text, a list or bytes of the wrong length', () => {
    expect([
      encode(string(3), 'four', LIMIT).ok,
      encode(array(uint, 1), [1, 2], LIMIT).ok,
      encode(fixedOpaque(4), new Uint8Array(3), LIMIT).ok,
      encode(fixedChars(3), 'four', LIMIT).ok,
      encode(unsignedHyper, -1n, LIMIT).ok,
      encode(hyper, 2n ** 63n, LIMIT).ok,
    ]).toEqual([false, false, false, false, false, false]);
  });

  it('does not write more than its limit, and grows up to it', () => {
    const text = 'x'.repeat(5000);
    expect([encode(string(10_000), text, 5004).ok, encode(string(10_000), text, 5003).ok]).toEqual([
      true,
      false,
    ]);
  });

  it('writes lengths, padding and big-endian numbers as RFC 4506 has them', () => {
    const file = struct({ name: string(255), kind: int, owner: string(32), data: array(int, 9) });
    const encoded = encode(file, { name: 'sillyprog', kind: 2, owner: 'john', data: [7] }, LIMIT);
    expect(encoded.ok && Buffer.from(encoded.value).toString('hex')).toEqual(
      [
        '00000009' + '73696c6c7970726f67' + '000000',
        '00000002',
        '00000004' + '6a6f686e',
        '00000001' + '00000007',
      ].join(''),
    );
  });
});
