import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  anyJid,
  bareJid,
  base64,
  fullJid,
  joined,
  localDateTime,
  percent,
  uuid,
} from '../../../../core/protocol/codec/special-values.ts';
import type { ValueCodec } from '../../../../core/protocol/codec/value.ts';
import {
  choice,
  decimal,
  digitBoolean,
  integer,
  pythonBoolean,
  text,
  words,
} from '../../../../core/protocol/codec/value.ts';

function good<T>(codec: ValueCodec<T>, given: string, value: unknown): unknown[] {
  return [codec, given, { ok: true, value }];
}

function bad<T>(codec: ValueCodec<T>, given: string, error: string): unknown[] {
  return [codec, given, { ok: false, error }];
}

describe('a value', () => {
  it.each([
    good(integer(), '42', 42),
    good(integer(), ' 42 ', 42),
    good(integer(), '42.0', 42),
    good(integer(), '42L', 42),
    good(integer(), '-0', 0),
    bad(integer(), '42.5', 'not-an-integer'),
    bad(integer(), 'None', 'not-an-integer'),
    bad(integer(), '', 'not-an-integer'),
    bad(integer({ min: 1 }), '0', 'out-of-range'),
    bad(integer(), '99999999999999999999', 'out-of-range'),
    good(decimal(), '99.4974874372', 99.4974874372),
    good(decimal(), '1e-05', 0.00001),
    good(decimal(), '.5', 0.5),
    bad(decimal(), 'nan', 'not-a-number'),
    bad(decimal({ max: 1 }), '2', 'out-of-range'),
    good(pythonBoolean(), 'True', true),
    good(pythonBoolean(), 'false', false),
    good(pythonBoolean(), 'None', false),
    bad(pythonBoolean(), 'perhaps', 'not-a-boolean'),
    good(digitBoolean(), '1', true),
    good(digitBoolean(), 'OUI', true),
    good(choice(['a', 'b']), 'b', 'b'),
    bad(choice(['a', 'b']), 'B', 'not-a-choice'),
    good(text(), '', ''),
    bad(words(), ' ', 'empty'),
    good(bareJid(), 'Carol@Example.org/desk', 'carol@example.org'),
    bad(bareJid(), 'not a jid', 'not-a-jid'),
    good(anyJid(), 'rack3@example.org/Rack 3', 'rack3@example.org/Rack 3'),
    bad(anyJid(), 'None', 'not-a-jid'),
    bad(fullJid(), 'rack3@example.org', 'not-a-jid'),
    good(uuid(), '4F0C2A9E-7D31-4B58-8A60-2C9D1E5B7A13', '4f0c2a9e-7d31-4b58-8a60-2c9d1e5b7a13'),
    bad(uuid(), '4f0c2a9e', 'not-a-uuid'),
    good(localDateTime(), '2026-04-02 08:15:00', '2026-04-02 08:15:00'),
    bad(localDateTime(), '2026-04-02T08:15:00Z', 'not-a-date'),
    good(base64(), 'aGVs\n  bG8=', 'aGVsbG8='),
    bad(base64(), 'aGVs*', 'not-base64'),
    good(percent(), '33%', 33),
    bad(percent(), 'much', 'not-a-number'),
    good(joined(';;'), 'a;;b c;;', ['a', 'b c']),
    good(joined(';;'), '', []),
  ] as [ValueCodec<unknown>, string, unknown][])(
    'reads %o from %j as %o',
    (codec, given, result) => {
      expect(codec.read(given)).toEqual(result);
    },
  );

  it('leaves out characters that XML cannot carry', () => {
    expect(text().write('\u001b[32mINFO\u001b[0m\fok\ud800')).toBe('[32mINFO[0mok');
  });

  it('is not written where it would make an original agent wait for ever', () => {
    expect(() => fullJid().write('rack3@example.org')).toThrow('not a full JID');
    expect(fullJid().write('rack3@example.org/rack3')).toBe('rack3@example.org/rack3');
  });

  it('never throws, whatever it is given', () => {
    const codecs = [integer(), decimal(), uuid(), base64(), percent(), anyJid(), localDateTime()];
    fc.assert(
      fc.property(fc.string(), fc.constantFrom(...codecs), (given, codec) => {
        expect(codec.read(given)).toHaveProperty('ok');
      }),
    );
  });
});
