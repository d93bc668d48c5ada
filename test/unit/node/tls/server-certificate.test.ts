import { createPrivateKey, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeCertificate } from '../../../../node/tls/server-certificate.ts';

const NOT_BEFORE = new Date('2026-01-02T03:04:05Z');

describe('a certificate made for a run', () => {
  const made = makeCertificate({
    names: ['archipel.test', 'pubsub.archipel.test', '127.0.0.1'],
    notBefore: NOT_BEFORE,
    days: 30,
  });
  const leaf = new X509Certificate(made.certificatePem);
  const authority = new X509Certificate(made.authorityPem);

  it('names what it is for, and for how long', () => {
    expect([leaf.subject, leaf.subjectAltName, leaf.ca]).toEqual([
      'CN=archipel.test',
      'DNS:archipel.test, DNS:pubsub.archipel.test, IP Address:127.0.0.1',
      false,
    ]);
    expect([leaf.validFrom, leaf.validTo]).toEqual([
      'Jan  2 03:04:05 2026 GMT',
      'Feb  1 03:04:05 2026 GMT',
    ]);
    expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  it('is signed by its authority, which signs itself', () => {
    expect(leaf.checkIssued(authority)).toBe(true);
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(authority.ca).toBe(true);
  });

  it('goes with its key and its fingerprint', () => {
    expect(leaf.checkPrivateKey(createPrivateKey(made.keyPem))).toBe(true);
    expect(leaf.fingerprint256).toBe(made.fingerprint);
  });

  it('is another one for each run', () => {
    const other = makeCertificate({ names: ['archipel.test'], notBefore: NOT_BEFORE, days: 30 });
    expect(new X509Certificate(other.certificatePem).serialNumber).not.toBe(leaf.serialNumber);
  });
});
