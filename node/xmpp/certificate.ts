import type { Duplex } from 'node:stream';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import type { CertificateFacts, CertificateProblem } from './session-failure.ts';

const PROBLEMS: Readonly<Record<string, CertificateProblem>> = {
  CERT_HAS_EXPIRED: 'expired',
  CERT_NOT_YET_VALID: 'not-yet-valid',
  CERT_REVOKED: 'revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT: 'unknown-authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'unknown-authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'unknown-authority',
  ERR_TLS_CERT_ALTNAME_INVALID: 'wrong-host',
};

/** What the user is told of a certificate. */
export function certificateFacts(certificate: PeerCertificate): CertificateFacts {
  return {
    fingerprint: certificate.fingerprint256,
    subject: commonName(certificate.subject),
    issuer: commonName(certificate.issuer),
    validFrom: isoDate(certificate.valid_from),
    validTo: isoDate(certificate.valid_to),
    names: (certificate.subjectaltname ?? '')
      .split(', ')
      .filter((name) => name !== '')
      .map((name) => name.replace(/^(?:DNS|IP Address):/, '')),
  };
}

/** What TLS settled on under a link; nothing where a transport is secure in itself. */
export function tlsFacts(duplex: Duplex): {
  readonly tlsVersion: string | undefined;
  readonly cipher: string | undefined;
  readonly certificate: CertificateFacts | undefined;
} {
  if (!(duplex instanceof TLSSocket)) {
    return { tlsVersion: undefined, cipher: undefined, certificate: undefined };
  }
  return {
    tlsVersion: duplex.getProtocol() ?? undefined,
    cipher: duplex.getCipher().standardName,
    certificate: certificateFacts(duplex.getPeerCertificate()),
  };
}

/** What is wrong with the certificate that a server showed; undefined when it is good. */
export function certificateProblem(
  socket: TLSSocket,
  pinnedFingerprint: string | undefined,
): CertificateProblem | undefined {
  const certificate = socket.getPeerCertificate();
  if (pinnedFingerprint !== undefined) {
    return sameFingerprint(certificate.fingerprint256, pinnedFingerprint)
      ? undefined
      : 'pin-changed';
  }
  if (socket.authorized) return undefined;
  return PROBLEMS[verificationCode(socket)] ?? 'untrusted';
}

/** Node types this as an error, and gives the code as a string. */
function verificationCode(socket: TLSSocket): string {
  const given: unknown = socket.authorizationError;
  return typeof given === 'string' ? given : '';
}

function sameFingerprint(one: string, other: string): boolean {
  const plain = (text: string): string => text.replaceAll(':', '').toLowerCase();
  return plain(one) === plain(other);
}

function commonName(name: PeerCertificate['subject'] | undefined): string {
  const given: unknown = name?.CN ?? name?.O;
  return Array.isArray(given) ? given.join(', ') : typeof given === 'string' ? given : '';
}

function isoDate(text: string): string {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? text : date.toISOString();
}
