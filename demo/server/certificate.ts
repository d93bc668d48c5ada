import { generateKeyPairSync, randomBytes, sign, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import {
  bitString,
  boolean,
  explicit,
  implicit,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  utcTime,
  utf8String,
} from './der.ts';

const OID = {
  commonName: '2.5.4.3',
  ecdsaWithSha256: '1.2.840.10045.4.3.2',
  basicConstraints: '2.5.29.19',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  subjectAltName: '2.5.29.17',
  serverAuth: '1.3.6.1.5.5.7.3.1',
} as const;

const DAY_MS = 86_400_000;
/** The bits digitalSignature and keyCertSign: it signs handshakes, and itself. */
const KEY_USAGE = Buffer.from([0b1000_0100]);
const KEY_USAGE_UNUSED_BITS = 2;

/** A certificate with its key, as `node:tls` takes them. */
export interface ServerCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** SHA-256 of the certificate: upper-case hex pairs joined by colons. */
  readonly fingerprint: string;
}

export interface CertificateSubject {
  /** DNS names and IPv4 addresses; the first one also names the subject. */
  readonly names: readonly [string, ...string[]];
  readonly notBefore: Date;
  readonly days: number;
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

function distinguishedName(commonName: string): Buffer {
  return sequence(setOf(sequence(objectIdentifier(OID.commonName), utf8String(commonName))));
}

function alternativeName(name: string): Buffer {
  return isIP(name) === 4
    ? implicit(7, Buffer.from(name.split('.').map(Number)))
    : implicit(2, Buffer.from(name, 'ascii'));
}

function extension(oid: string, isCritical: boolean, value: Buffer): Buffer {
  const critical = isCritical ? [boolean(true)] : [];
  return sequence(objectIdentifier(oid), ...critical, octetString(value));
}

function extensions(names: readonly string[]): Buffer {
  return sequence(
    extension(OID.basicConstraints, true, sequence(boolean(true))),
    extension(OID.keyUsage, true, bitString(KEY_USAGE, KEY_USAGE_UNUSED_BITS)),
    extension(OID.extendedKeyUsage, false, sequence(objectIdentifier(OID.serverAuth))),
    extension(OID.subjectAltName, false, sequence(...names.map(alternativeName))),
  );
}

/**
 * Makes a certificate that signs itself, and so can also be trusted as an authority (RFC 5280). Node makes keys but
 * no certificates, and the platform must start where there is no openssl.
 */
export function makeCertificate(subject: CertificateSubject): ServerCertificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(objectIdentifier(OID.ecdsaWithSha256));
  const name = distinguishedName(subject.names[0]);
  const notAfter = new Date(subject.notBefore.getTime() + subject.days * DAY_MS);
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    name,
    sequence(utcTime(subject.notBefore), utcTime(notAfter)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, extensions(subject.names)),
  );
  const signature = sign('sha256', toBeSigned, privateKey);
  const certificatePem = pem('CERTIFICATE', sequence(toBeSigned, algorithm, bitString(signature)));
  return {
    certificatePem,
    keyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    fingerprint: new X509Certificate(certificatePem).fingerprint256,
  };
}
