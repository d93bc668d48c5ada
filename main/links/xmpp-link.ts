import { parseJid, type BareJid } from '../../core/domain/jid.ts';

const LONGEST = 4_096;

/** The entity that an `xmpp:` link names (RFC 5122); what it asks to be done is never done by itself. */
export function jidOfLink(link: string): BareJid | undefined {
  if (link.length > LONGEST || !/^xmpp:/iu.test(link)) return undefined;
  const path = link.slice('xmpp:'.length).split(/[?#]/u, 1)[0] ?? '';
  const withoutAuthority = path.replace(/^\/\/[^/]*\//u, '');
  try {
    return parseJid(decodeURIComponent(withoutAuthority))?.bare;
  } catch {
    // Percent signs that encode nothing: not a link of ours.
    return undefined;
  }
}

/** The first link among the arguments of a launch. */
export function linkAmong(args: readonly string[]): BareJid | undefined {
  return args.map(jidOfLink).find((jid) => jid !== undefined);
}
