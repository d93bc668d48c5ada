import { readFile } from 'node:fs/promises';
import { utils, type ParsedKey } from 'ssh2';
import { detailOf } from '../storage/snapshot-file.ts';

/** A key file. Its private half is read when a host wants it, so that a passphrase is asked for only then. */
export interface Identity {
  readonly file: string;
  readonly publicKey: ParsedKey;
  /** The private key; undefined where the passphrase does not fit. Throws where the file is damaged. */
  unlock(passphrase: string | undefined): ParsedKey | undefined;
  readonly isEncrypted: boolean;
}

/** Why a named file gives no key. */
export interface UnusableIdentity {
  readonly file: string;
  readonly detail: string;
}

const MAGIC = 'openssh-key-v1\0';

/** Reads key files; those that are not there are passed over, as OpenSSH does. */
export async function readIdentities(files: readonly string[]): Promise<{
  readonly identities: readonly Identity[];
  readonly unusable: readonly UnusableIdentity[];
}> {
  const identities: Identity[] = [];
  const unusable: UnusableIdentity[] = [];
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
      if (code !== 'ENOENT') unusable.push({ file, detail: detailOf(cause) });
      return undefined;
    });
    if (text === undefined) continue;
    const identity = await readIdentity(file, text);
    if ('publicKey' in identity) identities.push(identity);
    else unusable.push(identity);
  }
  return { identities, unusable };
}

async function readIdentity(file: string, text: string): Promise<Identity | UnusableIdentity> {
  const open = firstKey(utils.parseKey(text));
  const isEncrypted = open instanceof Error && /encrypted/i.test(open.message);
  if (open instanceof Error && !isEncrypted) return { file, detail: open.message };
  const publicKey = open instanceof Error ? await publicHalf(file, text) : open;
  if (publicKey === undefined) {
    return { file, detail: `its public half is missing: ${file}.pub` };
  }
  return {
    file,
    publicKey,
    isEncrypted,
    unlock(passphrase) {
      const key = firstKey(utils.parseKey(text, passphrase));
      return key instanceof Error ? undefined : key;
    },
  };
}

/** The public half of a key whose private one is encrypted: in the file itself, or beside it. */
async function publicHalf(file: string, text: string): Promise<ParsedKey | undefined> {
  const inside = publicBlob(text);
  const beside = inside ?? (await readFile(`${file}.pub`, 'utf8').catch(() => undefined));
  if (beside === undefined) return undefined;
  const key = firstKey(utils.parseKey(beside));
  return key instanceof Error ? undefined : key;
}

/** See PROTOCOL.key of OpenSSH: the public key stands before the encrypted part. */
function publicBlob(text: string): string | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END/.exec(text)?.[1];
  const bytes = Buffer.from(body ?? '', 'base64');
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  let at = MAGIC.length;
  const string = (): Buffer => {
    const length = at + 4 <= bytes.length ? bytes.readUInt32BE(at) : 0;
    const value = bytes.subarray(at + 4, at + 4 + length);
    at += 4 + length;
    return value;
  };
  // Cipher, key derivation and its options; then the number of keys.
  string();
  string();
  string();
  at += 4;
  const blob = string();
  if (blob.length < 4) return undefined;
  const type = blob.toString('latin1', 4, 4 + blob.readUInt32BE(0));
  return `${type} ${blob.toString('base64')}`;
}

/** The library gives one key or a list, by the kind of file. */
function firstKey(parsed: ParsedKey | readonly ParsedKey[] | Error): ParsedKey | Error {
  if (parsed instanceof Error) return parsed;
  const key = Array.isArray(parsed) ? (parsed as readonly ParsedKey[])[0] : (parsed as ParsedKey);
  return key ?? new Error('the file holds no key');
}
