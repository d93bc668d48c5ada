import { parseJid, type BareJid } from '../../core/domain/jid.ts';

const LONGEST = 4_096;

/** What a link asks to be shown; nothing else that it asks for is done by itself. */
export interface XmppLink {
  readonly jid: BareJid;
  /** The name of a workspace to show the entity in: `xmpp:web@example.org?workspace;name=Debugging`. */
  readonly workspace?: string;
}

/** Reads an `xmpp:` link (RFC 5122). */
export function readLink(link: string): XmppLink | undefined {
  if (link.length > LONGEST || !/^xmpp:/iu.test(link)) return undefined;
  const [whole = ''] = link.slice('xmpp:'.length).split('#', 1);
  const [address = '', query = ''] = whole.split('?');
  const withoutAuthority = address.replace(/^\/\/[^/]*\//u, '');
  try {
    const jid = parseJid(decodeURIComponent(withoutAuthority))?.bare;
    const workspace = workspaceOf(query);
    return jid && { jid, ...(workspace === undefined ? {} : { workspace }) };
  } catch {
    // Percent signs that encode nothing: not a link of ours.
    return undefined;
  }
}

function workspaceOf(query: string): string | undefined {
  const [type, ...pairs] = query.split(';');
  const name = pairs.find((pair) => pair.startsWith('name='))?.slice('name='.length);
  return type === 'workspace' && name !== undefined ? decodeURIComponent(name) : undefined;
}

/** The first link among the arguments of a launch. */
export function linkAmong(args: readonly string[]): XmppLink | undefined {
  return args.map(readLink).find((link) => link !== undefined);
}
