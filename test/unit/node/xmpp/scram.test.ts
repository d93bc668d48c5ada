import { describe, expect, it } from 'vitest';
import { chooseMechanism, stronger } from '../../../../node/xmpp/sasl.ts';
import { saslprep } from '../../../../node/xmpp/saslprep.ts';
import { ScramExchange } from '../../../../node/xmpp/scram.ts';

const PERSON = { user: 'user', password: 'pencil', cache: undefined };

describe('SCRAM', () => {
  it('does the exchange of RFC 5802 §5', async () => {
    const nonce = 'fyko+d2lbbFgONRv9qkxdawL';
    const exchange = new ScramExchange({ ...PERSON, hash: 'sha1', nonce });
    expect(exchange.first()).toBe('n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL');
    const challenge = `r=${nonce}3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096`;
    expect(await exchange.final(challenge)).toBe(
      `c=biws,r=${nonce}3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=`,
    );
    expect(exchange.verifies('v=rmF9pqV8S7suAoZWja4dJRkFsKQ=')).toBe(true);
    expect(exchange.verifies('v=rmF9pqV8S7suAoZWja4dJRkFsKA=')).toBe(false);
    expect(exchange.verifies('e=other-error')).toBe(false);
  });

  it('does the exchange of RFC 7677 §3', async () => {
    const nonce = 'rOprNGfwEbeRWgbNEkqO';
    const exchange = new ScramExchange({ ...PERSON, hash: 'sha256', nonce });
    const both = `${nonce}%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0`;
    expect(await exchange.final(`r=${both},s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096`)).toBe(
      `c=biws,r=${both},p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=`,
    );
    expect(exchange.verifies('v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=')).toBe(true);
  });

  it('does not believe a signature before it sent its proof', () => {
    expect(new ScramExchange({ ...PERSON, hash: 'sha256' }).verifies('v=')).toBe(false);
  });

  it('writes names with separators so that they cannot end the field', () => {
    const exchange = new ScramExchange({ ...PERSON, user: 'a=b,c', hash: 'sha1', nonce: 'x' });
    expect(exchange.first()).toBe('n,,n=a=3Db=2Cc,r=x');
  });

  it.each([
    ['another nonce', 'r=other,s=QUJD,i=4096'],
    ['no nonce of the server', 'r=mine,s=QUJD,i=4096'],
    ['no salt', 'r=mineyours,i=4096'],
    ['no iterations', 'r=mineyours,s=QUJD'],
    ['half an iteration', 'r=mineyours,s=QUJD,i=4096.5'],
    ['an extension it does not know', 'm=x,r=mineyours,s=QUJD,i=4096'],
  ])('refuses a challenge with %s', async (_what, challenge) => {
    const exchange = new ScramExchange({ ...PERSON, hash: 'sha1', nonce: 'mine' });
    await expect(exchange.final(challenge)).rejects.toMatchObject({
      failure: { code: 'server-not-verified' },
    });
  });
});

describe('passwords', () => {
  it.each([
    ['I\u00adX', 'IX'],
    ['\u00aa', 'a'],
    ['\u2168', 'IX'],
    ['a\u00a0b', 'a b'],
    ['e\u0301', 'é'],
  ])('%j are computed with as %j', (given, prepared) => {
    expect(saslprep(given)).toBe(prepared);
  });
});

describe('mechanisms', () => {
  it('are chosen by strength', () => {
    expect(chooseMechanism(['PLAIN', 'SCRAM-SHA-1'], 'SCRAM-SHA-1')).toBe('SCRAM-SHA-1');
    expect(chooseMechanism(['SCRAM-SHA-256'], 'SCRAM-SHA-1')).toBe('SCRAM-SHA-256');
  });

  it('are remembered by strength', () => {
    expect([
      stronger('PLAIN', 'SCRAM-SHA-1'),
      stronger(undefined, 'PLAIN'),
      stronger(undefined, undefined),
    ]).toEqual(['SCRAM-SHA-1', 'PLAIN', undefined]);
  });
});
