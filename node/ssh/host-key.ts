import { createHash } from 'node:crypto';

/** A host's public key as the wire and known_hosts files have it. See RFC 4253, section 6.6. */
export interface HostKey {
  readonly type: string;
  readonly blob: Buffer;
}

/** Reads the name of the algorithm at the beginning of a key; undefined where that is none. */
export function readHostKey(blob: Buffer): HostKey | undefined {
  if (blob.length < 4) return undefined;
  const length = blob.readUInt32BE(0);
  if (length === 0 || length > 64 || blob.length < 4 + length) return undefined;
  return { type: blob.toString('latin1', 4, 4 + length), blob };
}

/** As `ssh-keygen -l` prints it: `SHA256:` and base64 without padding. */
export function fingerprintOf(blob: Buffer): string {
  return `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`;
}
