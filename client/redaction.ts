import { parseXml } from '../core/xml/parse.ts';
import type { XmlChild, XmlElement } from '../core/xml/element.ts';
import { writeXml } from '../core/xml/write.ts';

/** What stands where a secret was. */
/** Stands where a secret was left out. */
export const MASK = '•••';

// A text that is typed key by key may be a password.
const SECRET_NAMES = new Set(['passwd', 'password', 'password-verify', 'secret', 'scancodes']);
const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';
const REGISTER = 'jabber:iq:register';
const LEGACY_AUTH = 'jabber:iq:auth';
const PRIVATE = 'jabber:iq:private';
/** Written by original agents into a description: `JID::::PASSWORD`. */
const CREDENTIALS = /^([^\s:]+)::::\S+/u;

// Most stanzas hold none of these, so they need not be parsed.
const TELLTALES = [
  'passw',
  'secret',
  'scancodes',
  '::::',
  SASL,
  REGISTER,
  LEGACY_AUTH,
  PRIVATE,
  'text-private',
];

/**
 * The text of a stanza with all secrets masked: passwords in attributes and elements, credentials in
 * descriptions, SASL, in-band registration, private storage. A suspicious text that cannot be read is
 * masked whole.
 */
export function redactStanza(text: string): string {
  if (!TELLTALES.some((one) => text.includes(one))) return text;
  const document = parseXml(text);
  if (!document.ok) return MASK;
  return writeXml({ ...document.value, root: redactElement(document.value.root) });
}

/** The same element with its secrets masked; parts without any stay the very same objects. */
function redactElement(element: XmlElement): XmlElement {
  const namespace = element.attributes['xmlns'];
  if (namespace === SASL) return hideContent(element);
  // What is stored there is named by the element inside.
  if (namespace === PRIVATE) return { ...element, children: element.children.map(hideChild) };
  const isSecret = SECRET_NAMES.has(localName(element.name)) || isSecretField(element);
  const attributes = redactAttributes(element.attributes);
  const children = element.children.map((child) => {
    if (typeof child !== 'string') return isSecret ? hideContent(child) : redactElement(child);
    return isSecret && child.trim() !== '' ? MASK : redactText(child);
  });
  const isSame =
    attributes === element.attributes &&
    children.every((child, index) => child === element.children[index]);
  return isSame ? element : { ...element, attributes, children };
}

/** Plain data with its secrets masked: values under secret names, credentials, whole stanzas. */
export function redactData(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value);
  if (Array.isArray(value)) return value.map(redactData);
  if (typeof value !== 'object' || value === null) return value;
  if (isElement(value)) return redactElement(value);
  const entries = Object.entries(value).map(([name, inner]) => {
    const isSecret = SECRET_NAMES.has(name.toLowerCase()) && inner !== undefined;
    return [name, isSecret ? MASK : redactData(inner)] as const;
  });
  return Object.fromEntries(entries);
}

function redactText(text: string): string {
  // A definition may travel, and be kept, as text.
  if (!TELLTALES.some((one) => text.includes(one))) return text;
  const credentials = CREDENTIALS.exec(text.trim());
  if (credentials) return `${credentials[1] ?? ''}::::${MASK}`;
  return text.includes('<') ? redactStanza(text) : text.replaceAll(/::::\S+/gu, `::::${MASK}`);
}

function redactAttributes(attributes: XmlElement['attributes']): XmlElement['attributes'] {
  const entries = Object.entries(attributes);
  const isSecret = ([name]: readonly [string, string]) => SECRET_NAMES.has(localName(name));
  if (!entries.some(isSecret)) return attributes;
  return Object.fromEntries(entries.map((one) => (isSecret(one) ? [one[0], MASK] : one)));
}

/** A field of a data form (XEP-0004) that holds a password. */
function isSecretField({ name, attributes }: XmlElement): boolean {
  if (localName(name) !== 'field') return false;
  return attributes['type'] === 'text-private' || SECRET_NAMES.has(attributes['var'] ?? '');
}

function hideContent(element: XmlElement): XmlElement {
  return element.children.length === 0 ? element : { ...element, children: [MASK] };
}

function hideChild(child: XmlChild): XmlChild {
  return typeof child === 'string' ? child : hideContent(child);
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

function isElement(value: object): value is XmlElement {
  return 'name' in value && 'attributes' in value && 'children' in value;
}
