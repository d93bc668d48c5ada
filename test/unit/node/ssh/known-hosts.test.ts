import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { readHostKey, type HostKey } from '../../../../node/ssh/host-key.ts';
import {
  judgeHostKey,
  knownHostLine,
  knownKeyTypes,
  parseKnownHosts,
} from '../../../../node/ssh/known-hosts.ts';

function keyOf(type: string, body: string): HostKey {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  const key = readHostKey(Buffer.concat([length, Buffer.from(type), Buffer.from(body)]));
  if (!key) throw new Error('no key');
  return key;
}

const first = keyOf('ssh-ed25519', 'first');
const second = keyOf('ssh-ed25519', 'second');
const rsa = keyOf('ssh-rsa', 'third');

const text = (key: HostKey): string => `${key.type} ${key.blob.toString('base64')}`;
const judge = (lines: readonly string[], host: string, key = first, port = 22): string => {
  const verdict = judgeHostKey(parseKnownHosts(lines.join('\n'), 'file'), host, port, key);
  if (verdict.name === 'changed') return `changed ${verdict.known.line}`;
  return verdict.name === 'unknown' && verdict.isKnownByAuthority ? 'authority' : verdict.name;
};

function hashed(name: string): string {
  const salt = Buffer.from('twenty bytes of salt');
  const hash = createHmac('sha1', salt).update(name).digest('base64');
  return `|1|${salt.toString('base64')}|${hash}`;
}

it('trusts a key that is written for the host, and no other', () => {
  const lines = ['# comment', '', `alpha,10.0.0.1 ${text(first)} comment of its own`];
  const verdicts = [judge(lines, 'ALPHA'), judge(lines, '10.0.0.1'), judge(lines, 'beta')];
  expect([...verdicts, judge(lines, 'alpha', second)]).toEqual([
    'trusted',
    'trusted',
    'unknown',
    'changed 3',
  ]);
});

it('takes another kind of key for a changed one', () => {
  expect(judge([`alpha ${text(rsa)}`], 'alpha')).toBe('changed 1');
});

it('reads hashed names', () => {
  const lines = [`${hashed('alpha')} ${text(first)}`, `${hashed('[beta]:2222')} ${text(first)}`];
  expect([
    judge(lines, 'alpha'),
    judge(lines, 'beta', first, 2222),
    judge(lines, 'beta'),
    judge(lines, 'gamma'),
  ]).toEqual(['trusted', 'trusted', 'unknown', 'unknown']);
});

it('reads patterns, and the ones that are negated', () => {
  const lines = [`*.example.org,!bad.example.org ${text(first)}`, `10.0.?.1 ${text(second)}`];
  expect([
    judge(lines, 'hv1.example.org'),
    judge(lines, 'bad.example.org'),
    judge(lines, '10.0.3.1', second),
    judge(lines, 'example.org'),
  ]).toEqual(['trusted', 'unknown', 'trusted', 'unknown']);
});

it('takes the key of the standard port for another port, too, but never for a changed one', () => {
  const lines = [`alpha ${text(first)}`];
  expect([judge(lines, 'alpha', first, 2222), judge(lines, 'alpha', second, 2222)]).toEqual([
    'trusted',
    'unknown',
  ]);
});

it('refuses a revoked key wherever else it is trusted', () => {
  const lines = [`alpha ${text(first)}`, `@revoked * ${text(first)}`];
  expect([judge(lines, 'alpha'), judge(lines, 'beta', first, 2222)]).toEqual([
    'revoked',
    'revoked',
  ]);
});

it('tells a host that is known by its authority alone', () => {
  const lines = [`@cert-authority *.example.org ${text(rsa)}`];
  expect([judge(lines, 'hv1.example.org'), judge(lines, 'elsewhere')]).toEqual([
    'authority',
    'unknown',
  ]);
});

it('passes over what it does not understand', () => {
  const damaged = ['alpha', 'alpha ssh-ed25519', 'alpha ssh-ed25519 AAAA', '@other alpha x y'];
  const lines = [...damaged, `alpha ssh-rsa ${first.blob.toString('base64')}`];
  expect(judge(lines, 'alpha')).toBe('unknown');
});

it('names the kinds of key to ask a host for', () => {
  const lines = parseKnownHosts(`alpha ${text(rsa)}\n[alpha]:2222 ${text(first)}\n`, 'file');
  expect([knownKeyTypes(lines, 'alpha', 2222), knownKeyTypes(lines, 'beta', 22)]).toEqual([
    ['ssh-rsa', 'ssh-ed25519'],
    [],
  ]);
});

it('writes a line that it reads back', () => {
  const line = knownHostLine('Alpha', 2222, first);
  expect(judge([line], 'alpha', first, 2222)).toBe('trusted');
});
