import * as v from 'valibot';

const NODE_MAX = 1023;
const BARE_MAX = 3 * NODE_MAX;
const BARE = /^(?:[^\s"&'/:<>@]+@)?[^\s"&'/<>@]+$/u;

/** A JID without a resource, lower-cased node and domain (RFC 7622): `node@domain` or `domain`. */
export const BareJid = v.pipe(
  v.string(),
  v.maxLength(BARE_MAX),
  v.regex(BARE, 'not a bare JID'),
  v.transform((text) => text.toLowerCase()),
  v.brand('BareJid'),
);
export type BareJid = v.InferOutput<typeof BareJid>;

/** A JID in its parts. `node` is absent for a server, `resource` for a bare JID. */
export interface Jid {
  readonly bare: BareJid;
  readonly node: string | undefined;
  readonly domain: string;
  readonly resource: string | undefined;
}

/** As `BareJid` reads it; that schema makes objects at each step, and every presence has several JIDs. */
function readBare(text: string): BareJid | undefined {
  if (text.length > BARE_MAX || !BARE.test(text)) return undefined;
  return text.toLowerCase() as BareJid;
}

/** The node part of an address that has been read; undefined for a server. */
export function nodeOf(jid: BareJid): string | undefined {
  const at = jid.indexOf('@');
  return at < 0 ? undefined : jid.slice(0, at);
}

/** The domain of an address that has been read. */
export function domainOf(jid: BareJid): string {
  return jid.slice(jid.indexOf('@') + 1);
}

/** Reads a bare or full JID; undefined when the text is neither. */
export function parseJid(text: string): Jid | undefined {
  const slash = text.indexOf('/');
  const bare = readBare(slash < 0 ? text : text.slice(0, slash));
  if (bare === undefined) return undefined;
  const resource = slash < 0 ? undefined : text.slice(slash + 1);
  if (resource === '') return undefined;
  const at = bare.indexOf('@');
  return {
    bare,
    node: at < 0 ? undefined : bare.slice(0, at),
    domain: bare.slice(at + 1),
    resource,
  };
}
