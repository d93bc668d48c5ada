import { type BareJid, type Jid, parseJid } from '../../core/domain/jid.ts';

const CACHE_SIZE = 20_000;
const cache = new Map<string, Jid | undefined>();

/** Reads a JID as `parseJid` does, remembering the ones that come with every stanza. */
export function readJid(text: string): Jid | undefined {
  const known = cache.get(text);
  if (known) return known;
  const jid = parseJid(text);
  if (cache.size >= CACHE_SIZE) cache.clear();
  if (jid) cache.set(text, jid);
  return jid;
}

/** The bare JID of an account; undefined when the node cannot be one. */
export function accountJid(node: string, domain: string): BareJid | undefined {
  return node === '' ? undefined : parseJid(`${node}@${domain}`)?.bare;
}

/** The JID in full, as written in `from` and `to`. */
export function fullJid(bare: BareJid, resource: string | undefined): string {
  return resource === undefined ? bare : `${bare}/${resource}`;
}
