import * as v from 'valibot';

const NODE_MAX = 1023;

/** A JID without a resource, lower-cased node and domain (RFC 7622): `node@domain` or `domain`. */
export const BareJid = v.pipe(
  v.string(),
  v.maxLength(3 * NODE_MAX),
  v.regex(/^(?:[^\s"&'/:<>@]+@)?[^\s"&'/<>@]+$/u, 'not a bare JID'),
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

/** Reads a bare or full JID; undefined when the text is neither. */
export function parseJid(text: string): Jid | undefined {
  const slash = text.indexOf('/');
  const bare = v.safeParse(BareJid, slash < 0 ? text : text.slice(0, slash));
  if (!bare.success) return undefined;
  const resource = slash < 0 ? undefined : text.slice(slash + 1);
  if (resource === '') return undefined;
  const at = bare.output.indexOf('@');
  return {
    bare: bare.output,
    node: at < 0 ? undefined : bare.output.slice(0, at),
    domain: bare.output.slice(at + 1),
    resource,
  };
}
