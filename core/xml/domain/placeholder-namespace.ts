import { attributeOf, withAttribute } from '../edit.ts';
import type { XmlElement } from '../element.ts';
import { transformed } from '../transform.ts';

/** What original agents declare on fragments that have no namespace of their own. */
export const PLACEHOLDER_NAMESPACE = 'http://www.gajim.org/xmlns/undeclared';

/**
 * A libvirt element as libvirt wrote it: without the namespace that the way through XMPP put on
 * it, or the `xmlns=''` with which a request keeps it out of its own.
 */
export function withoutPlaceholderNamespace(root: XmlElement): XmlElement {
  const cleaned = transformed(root, (element) => {
    const isPlaceholder = attributeOf(element, 'xmlns') === PLACEHOLDER_NAMESPACE;
    return isPlaceholder ? withAttribute(element, 'xmlns', undefined) : element;
  });
  return attributeOf(cleaned, 'xmlns') === ''
    ? withAttribute(cleaned, 'xmlns', undefined)
    : cleaned;
}
