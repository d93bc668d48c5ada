import { createCipheriv } from 'node:crypto';

export const CHALLENGE_BYTES = 16;

/**
 * Answers a VncAuth challenge: RFC 6143, section 7.2.2. The password's first eight bytes in UTF-8, as
 * libvirt hands them to QEMU, are a DES key whose bits are in reverse order (rfbproto).
 */
export function vncAuthResponse(password: string, challenge: Uint8Array): Buffer {
  const key = Buffer.alloc(8);
  Buffer.from(password, 'utf8').copy(key, 0, 0, 8);
  for (const [index, byte] of key.entries()) key[index] = reversed(byte);
  // OpenSSL 3 has single DES no more; triple DES with one key thrice is the same.
  const cipher = createCipheriv('des-ede3-ecb', Buffer.concat([key, key, key]), null);
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(challenge), cipher.final()]);
}

function reversed(byte: number): number {
  let result = 0;
  for (let bit = 0; bit < 8; bit += 1) result |= ((byte >> bit) & 1) << (7 - bit);
  return result;
}
