import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { makeCertificate } from '../../node/tls/server-certificate.ts';
import type { Logger } from '../log/logger.ts';
import type { AgentStore } from '../store/agent-store.ts';
import type { KeyAndCertificate } from './mixed-listener.ts';

export interface CertificateWish {
  /** The token `vnc_certificate_file`: a PEM file with key and certificate, or a word for none. */
  readonly file: string;
  readonly names: readonly [string, ...string[]];
  readonly store: AgentStore;
  readonly logger: Logger;
  readonly now: () => Date;
}

const NONE = ['none', 'no', 'false'];
const TEN_YEARS_DAYS = 3650;
const DAY_MS = 86_400_000;

/**
 * What screens are served with: the certificate of the configuration, or where it cannot be used one
 * of our own, which clients know by the fingerprint that they get from the entity. Nothing for no TLS.
 */
export async function proxyCertificate(
  wish: CertificateWish,
): Promise<KeyAndCertificate | undefined> {
  const { file, logger } = wish;
  if (NONE.includes(file.toLowerCase())) return undefined;
  try {
    return readPair(await readFile(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    logger.warning(
      `VNC the certificate ${file} cannot be used, so the agent takes its own: ${why}`,
    );
    return ownPair(wish);
  }
}

/** SHA-256 of a certificate, as upper-case hex pairs joined by colons. */
export function fingerprintOf({ certificatePem }: KeyAndCertificate): string {
  return new X509Certificate(certificatePem).fingerprint256;
}

/** Throws on a file without a key or a certificate, and on two that do not belong together. */
function readPair(pem: string): KeyAndCertificate {
  const key = createPrivateKey(pem);
  const certificatePem = certificatesIn(pem);
  if (!new X509Certificate(certificatePem).checkPrivateKey(key)) {
    throw new Error('its key does not belong to its certificate');
  }
  return { certificatePem, keyPem: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** The certificate and those that lead to its authority. */
function certificatesIn(pem: string): string {
  const found = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/gu);
  if (!found) throw new Error('there is no certificate in it');
  return found.join('\n');
}

async function ownPair({ store, names, logger, now }: CertificateWish): Promise<KeyAndCertificate> {
  const kept = await store.certificate.load();
  if (kept.ok && kept.value && isValid(kept.value, now())) return kept.value;
  const { certificatePem, keyPem } = makeCertificate({
    names,
    notBefore: new Date(now().getTime() - DAY_MS),
    days: TEN_YEARS_DAYS,
  });
  const saved = await store.certificate.save({ certificatePem, keyPem });
  if (!saved.ok) logger.error(`STORE ${saved.error.code}: ${saved.error.file}`);
  return { certificatePem, keyPem };
}

function isValid({ certificatePem }: KeyAndCertificate, now: Date): boolean {
  const end = new Date(new X509Certificate(certificatePem).validTo).getTime();
  return end > now.getTime() + DAY_MS;
}
