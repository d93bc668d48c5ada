import {
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  X509Certificate,
} from 'node:crypto';
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
/** Bits of the key usage extension, the first one highest. */
const SIGNS_HANDSHAKES = Buffer.from([0b1000_0000]);
const SIGNS_HANDSHAKES_UNUSED_BITS = 7;
const SIGNS_CERTIFICATES = Buffer.from([0b0000_0100]);
const SIGNS_CERTIFICATES_UNUSED_BITS = 2;

/** A certificate with its key, as `node:tls` takes them, and the authority that signed it. */
export interface ServerCertificate {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** What a client must trust, unless it pins the fingerprint. */
  readonly authorityPem: string;
  /** SHA-256 of the server's certificate: upper-case hex pairs joined by colons. */
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

function authorityExtensions(): Buffer {
  return sequence(
    extension(OID.basicConstraints, true, sequence(boolean(true))),
    extension(OID.keyUsage, true, bitString(SIGNS_CERTIFICATES, SIGNS_CERTIFICATES_UNUSED_BITS)),
  );
}

function serverExtensions(names: readonly string[]): Buffer {
  return sequence(
    extension(OID.basicConstraints, true, sequence()),
    extension(OID.keyUsage, true, bitString(SIGNS_HANDSHAKES, SIGNS_HANDSHAKES_UNUSED_BITS)),
    extension(OID.extendedKeyUsage, false, sequence(objectIdentifier(OID.serverAuth))),
    extension(OID.subjectAltName, false, sequence(...names.map(alternativeName))),
  );
}

interface Contents {
  readonly issuer: string;
  readonly subject: string;
  readonly notBefore: Date;
  readonly days: number;
  readonly publicKey: KeyObject;
  readonly extensions: Buffer;
}

function signed(contents: Contents, issuerKey: KeyObject): string {
  const { notBefore, days } = contents;
  const algorithm = sequence(objectIdentifier(OID.ecdsaWithSha256));
  const notAfter = new Date(notBefore.getTime() + days * DAY_MS);
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    algorithm,
    distinguishedName(contents.issuer),
    sequence(utcTime(notBefore), utcTime(notAfter)),
    distinguishedName(contents.subject),
    contents.publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, contents.extensions),
  );
  const signature = sign('sha256', toBeSigned, issuerKey);
  return pem('CERTIFICATE', sequence(toBeSigned, algorithm, bitString(signature)));
}

/**
 * Makes an authority and a server certificate signed by it (RFC 5280); the authority's key is forgotten at once.
 * Node makes keys but no certificates, and the platform must start where there is no openssl.
 */
export function makeCertificate(subject: CertificateSubject): ServerCertificate {
  const { notBefore, days, names } = subject;
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const issuer = `Authority of ${names[0]}`;
  const common = { issuer, notBefore, days };
  const authorityPem = signed(
    {
      ...common,
      subject: issuer,
      publicKey: authority.publicKey,
      extensions: authorityExtensions(),
    },
    authority.privateKey,
  );
  const certificatePem = signed(
    {
      ...common,
      subject: names[0],
      publicKey: server.publicKey,
      extensions: serverExtensions(names),
    },
    authority.privateKey,
  );
  return {
    certificatePem,
    keyPem: server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    authorityPem,
    fingerprint: new X509Certificate(certificatePem).fingerprint256,
  };
}
