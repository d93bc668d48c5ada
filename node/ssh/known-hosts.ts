import { createHmac, timingSafeEqual } from 'node:crypto';
import { readHostKey, type HostKey } from './host-key.ts';
import { fitsWildcard } from './wildcard.ts';

/** A line of a known_hosts file. See sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT". */
export interface KnownHost {
  readonly file: string;
  readonly line: number;
  readonly marker: 'revoked' | 'cert-authority' | undefined;
  readonly patterns: string;
  readonly key: HostKey;
}

/** What the files say of a key that a host shows. */
export type HostKeyVerdict =
  | { readonly name: 'trusted' }
  | { readonly name: 'unknown'; readonly isKnownByAuthority: boolean }
  | { readonly name: 'changed'; readonly known: KnownHost }
  | { readonly name: 'revoked'; readonly known: KnownHost };

const MARKERS = { '@revoked': 'revoked', '@cert-authority': 'cert-authority' } as const;
const STANDARD_PORT = 22;

/** The lines that can be understood; others are passed over, as OpenSSH does. */
export function parseKnownHosts(text: string, file: string): readonly KnownHost[] {
  return text.split('\n').flatMap((raw, index) => {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) return [];
    const fields = line.split(/[ \t]+/);
    const marker = readMarker(fields[0] ?? '');
    if (marker === 'unknown') return [];
    const [patterns, type, base64] = marker === undefined ? fields : fields.slice(1);
    const key = readHostKey(Buffer.from(base64 ?? '', 'base64'));
    if (patterns === undefined || key === undefined || key.type !== type) return [];
    return [{ file, line: index + 1, marker, patterns, key }];
  });
}

function readMarker(field: string): KnownHost['marker'] | 'unknown' {
  if (!field.startsWith('@')) return undefined;
  return field in MARKERS ? MARKERS[field as keyof typeof MARKERS] : 'unknown';
}

/** How known_hosts files name a host: its port goes along where it is not 22. */
export function knownHostName(host: string, port: number): string {
  const name = host.toLowerCase();
  return port === STANDARD_PORT ? name : `[${name}]:${port}`;
}

/** What the lines say of a key. A revoked one is refused whatever else is said of it. */
export function judgeHostKey(
  lines: readonly KnownHost[],
  host: string,
  port: number,
  key: HostKey,
): HostKeyVerdict {
  const own = lines.filter((line) => speaksOf(line, knownHostName(host, port)));
  // OpenSSH, too, takes a key that is known for the host on its standard port.
  const plain =
    port === STANDARD_PORT ? [] : lines.filter((line) => speaksOf(line, host.toLowerCase()));
  const isSame = (line: KnownHost): boolean => line.key.blob.equals(key.blob);
  const revoked = [...own, ...plain].find((line) => line.marker === 'revoked' && isSame(line));
  if (revoked) return { name: 'revoked', known: revoked };
  const keys = own.filter((line) => line.marker === undefined);
  if ([...keys, ...plain].some((line) => line.marker === undefined && isSame(line))) {
    return { name: 'trusted' };
  }
  const known = keys.find((line) => line.key.type === key.type) ?? keys[0];
  if (known) return { name: 'changed', known };
  const isKnownByAuthority = [...own, ...plain].some((line) => line.marker === 'cert-authority');
  return { name: 'unknown', isKnownByAuthority };
}

/** The kinds of key that are known for a host, so that the host is asked for one of them. */
export function knownKeyTypes(
  lines: readonly KnownHost[],
  host: string,
  port: number,
): readonly string[] {
  const names = [knownHostName(host, port), host.toLowerCase()];
  const found = lines.filter(
    (line) => line.marker === undefined && names.some((name) => speaksOf(line, name)),
  );
  return [...new Set(found.map((line) => line.key.type))];
}

function speaksOf({ patterns }: KnownHost, name: string): boolean {
  if (patterns.startsWith('|')) return matchesHash(patterns, name);
  let isNamed = false;
  for (const pattern of patterns.toLowerCase().split(',')) {
    const isNegated = pattern.startsWith('!');
    if (!fitsWildcard(isNegated ? pattern.slice(1) : pattern, name)) continue;
    if (isNegated) return false;
    isNamed = true;
  }
  return isNamed;
}

/** `|1|salt|hash`: HMAC-SHA1 of the name, keyed with the salt. */
function matchesHash(pattern: string, name: string): boolean {
  const [, version, salt = '', hash = ''] = pattern.split('|');
  if (version !== '1') return false;
  const wanted = Buffer.from(hash, 'base64');
  const actual = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return wanted.length === actual.length && timingSafeEqual(wanted, actual);
}

/** The line that makes a key known. */
export function knownHostLine(host: string, port: number, key: HostKey): string {
  return `${knownHostName(host, port)} ${key.type} ${key.blob.toString('base64')}`;
}
