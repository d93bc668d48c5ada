import { parseJid, type BareJid } from '../../domain/jid.ts';
import { childrenNamed, textOf, withoutChild } from '../edit.ts';
import type { XmlElement } from '../element.ts';
import { withValueAt } from '../path.ts';
import { transformed } from '../transform.ts';

const SEPARATOR = '::::';

/** The XMPP account of a virtual machine. */
export interface Credentials {
  readonly jid: BareJid;
  readonly password: string;
}

/** Whether a definition can hold an account at all; most have no description, and need not be parsed to see it. */
export function mayHoldCredentials(text: string): boolean {
  return text.includes('<description');
}

/** The account that an original agent keeps in a domain's description, if it does. */
export function credentialsIn(domain: XmlElement): Credentials | undefined {
  for (const description of childrenNamed(domain, 'description')) {
    const found = credentialsOf(textOf(description));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * The element without any description that holds an account, at any depth (a snapshot holds whole
 * domains). Descriptions that people wrote stay.
 */
export function withoutCredentials(root: XmlElement): XmlElement {
  return transformed(root, (element) => {
    return childrenNamed(element, 'description')
      .filter((description) => credentialsOf(textOf(description)) !== undefined)
      .reduce(withoutChild, element);
  });
}

/** The domain with the account in its description, as original agents expect it in a transfer. */
export function withCredentials(domain: XmlElement, { jid, password }: Credentials): XmlElement {
  return withValueAt(domain, 'description', jid + SEPARATOR + password, ['name', 'uuid', 'title']);
}

/** The account in the text of a description, if there is one. */
export function credentialsOf(description: string): Credentials | undefined {
  const trimmed = description.trim();
  const separator = trimmed.indexOf(SEPARATOR);
  if (separator < 0) return undefined;
  const jid = parseJid(trimmed.slice(0, separator));
  if (jid?.node === undefined || jid.resource !== undefined) return undefined;
  return { jid: jid.bare, password: trimmed.slice(separator + SEPARATOR.length) };
}
