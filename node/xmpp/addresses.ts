import { jid } from '@xmpp/client';

/** No JID is longer, in bytes (RFC 7622 §3.1). */
export const LONGEST_ADDRESS = 3071;

/** Whether two texts are the same JID; case counts in the resource only. */
export function sameAddress(one: string, other: string): boolean {
  return one === other || normalised(one) === normalised(other);
}

/** Whether the XMPP library can read it: it throws where the domain is missing. */
export function isAddress(text: string): boolean {
  const bare = bareOf(text);
  return bare.slice(bare.indexOf('@') + 1) !== '';
}

/** A JID without its resource. */
export function bareOf(address: string): string {
  const slash = address.indexOf('/');
  return slash < 0 ? address : address.slice(0, slash);
}

/** The resource of a JID; empty when it has none. */
export function resourceOf(address: string): string {
  const slash = address.indexOf('/');
  return slash < 0 ? '' : address.slice(slash + 1);
}

/** The node and the domain of a bare JID. */
export function accountParts(bareJid: string): { readonly user: string; readonly domain: string } {
  const at = bareJid.indexOf('@');
  return { user: at < 0 ? '' : bareJid.slice(0, at), domain: bareJid.slice(at + 1) };
}

function normalised(address: string): string {
  try {
    return jid(address).toString();
  } catch {
    // What is no address is only equal to itself.
    return address;
  }
}
