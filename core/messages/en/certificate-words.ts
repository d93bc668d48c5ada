import type { CertificateProblem } from '../../contract/app-error.ts';

/** What is wrong with a certificate, after its name. */
export const CERTIFICATE: Readonly<Record<CertificateProblem, string>> = {
  expired: 'has expired',
  'not-yet-valid': 'is not valid yet',
  'wrong-host': 'is for another name',
  'unknown-authority': 'was issued by an authority that this computer does not know',
  'self-signed': 'is signed by nobody but the server itself',
  'pin-changed': 'is not the one that was trusted before',
};

export const CERTIFICATE_HINT: Readonly<Record<CertificateProblem, string>> = {
  expired: 'Have it renewed. Until then, trust it only if you know why it is old.',
  'not-yet-valid': 'Check the clocks of the server and of this computer.',
  'wrong-host': 'Check the host in the account. Somebody may stand between you and the server.',
  'unknown-authority': 'Compare its fingerprint with the server’s before you trust it.',
  'self-signed': 'Compare its fingerprint with the server’s before you trust it.',
  'pin-changed':
    'Ask whoever runs the server whether it was replaced. Trust the new one only if its fingerprint is right.',
};
