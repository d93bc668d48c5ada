import { joinBytes, latin1Bytes, latin1Text, u32 } from './integers.ts';
import { RfbFailureError } from './rfb-failure.ts';

/** The versions of RFC 6143, section 7.1.1; what calls itself newer speaks 3.8. */
export type RfbVersion = '3.3' | '3.7' | '3.8';

export const VERSION_BYTES = 12;

/** Reads the twelve bytes that a server begins with. Throws `RfbFailureError`. */
export function readVersion(bytes: Uint8Array): RfbVersion {
  const text = latin1Text(bytes);
  const found = /^RFB (\d{3})\.(\d{3})\n$/.exec(text);
  if (found === null) {
    throw new RfbFailureError({ code: 'not-rfb', seen: printable(text) });
  }
  const version = Number(found[1]) * 1000 + Number(found[2]);
  if (version >= 3008) return '3.8';
  return version === 3007 ? '3.7' : '3.3';
}

export function writeVersion(version: RfbVersion): Uint8Array {
  return latin1Bytes(`RFB 003.00${version.slice(2)}\n`);
}

/** A server's words for a screen: no control characters, 200 of them at most. */
export function printable(text: string): string {
  return text
    .replace(/[^\x21-\x7e\xa1-\u{10ffff}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

/** Security types: RFC 6143, section 7.1.2, and the registry of rfbproto. */
export const SECURITY = { none: 1, vncAuth: 2, veNCrypt: 19 } as const;

/** Sub-types of VeNCrypt that verify the server by a certificate. */
export const VENCRYPT = { x509None: 260, x509Vnc: 261, x509Plain: 262 } as const;

const SECURITY_NAMES: Readonly<Record<number, string>> = {
  1: 'None',
  2: 'VncAuth',
  5: 'RA2',
  6: 'RA2ne',
  16: 'Tight',
  17: 'Ultra',
  18: 'TLS',
  19: 'VeNCrypt',
  20: 'SASL',
  22: 'xvp',
  30: 'Apple Remote Desktop',
  129: 'RA2 256',
  256: 'VeNCrypt Plain',
  257: 'VeNCrypt TLSNone',
  258: 'VeNCrypt TLSVnc',
  259: 'VeNCrypt TLSPlain',
  260: 'VeNCrypt X509None',
  261: 'VeNCrypt X509Vnc',
  262: 'VeNCrypt X509Plain',
  263: 'VeNCrypt TLSSASL',
  264: 'VeNCrypt X509SASL',
};

/** The name that administrators know a security type by. */
export function securityName(type: number): string {
  return SECURITY_NAMES[type] ?? `type ${type}`;
}

export const SECURITY_RESULT = { accepted: u32(0), failed: u32(1) } as const;

/** The list of security types with which a server of 3.7 or 3.8 answers the version. */
export function writeSecurityTypes(types: readonly number[]): Uint8Array {
  return Uint8Array.from([types.length, ...types]);
}

/** The end of a failed security phase in 3.8: why, in Latin-1. */
export function writeSecurityFailure(reason: string): Uint8Array {
  const text = latin1Bytes(reason);
  return joinBytes([SECURITY_RESULT.failed, u32(text.length), text]);
}
